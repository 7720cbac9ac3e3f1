package org.homeport.bridge.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MountPointsTest {
  private static final String HOST =
      """
      20 1 8:1 / / rw - ext4 /dev/sda1 rw
      21 20 8:2 / /home rw - ext4 /dev/sda2 rw
      22 21 0:50 / /home/ada/drive rw - fuse.rclone drive: rw
      23 21 8:2 /shared /home/ada/shared rw - ext4 /dev/sda2 rw
      24 21 0:51 / /home/ada/with\\040space rw - fuse x rw
      25 21 0:52 / /home/ada/caf\u00e9 rw - fuse x rw
      26 21 0:53 / /home/adam/other rw - fuse x rw
      """;

  @Test
  void otherFileSystemsBelowAFolderAreFoundWhateverTheirNames() {
    assertThat(MountPoints.below("/home/ada", HOST))
        .containsExactlyInAnyOrder("drive", "with space", "caf%E9");
  }

  @Test
  void aFolderOfTheSameFileSystemThatIsBoundThereIsNotAnother() {
    assertThat(MountPoints.below("/home/ada", HOST)).doesNotContain("shared");
  }

  @Test
  void ofTwoMountsAtOnePlaceTheLaterIsTheOneThatIsSeen() {
    var twice = HOST + "27 21 0:54 / /home/ada rw - nfs4 server:/ada rw\n";
    assertThat(MountPoints.below("/home/ada", twice)).contains("shared");
  }
}
