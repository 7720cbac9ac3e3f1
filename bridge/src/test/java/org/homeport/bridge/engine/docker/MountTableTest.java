package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
  private static final MountTable TABLE =
      new MountTable(
          List.of(
              "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
              "30 22 0:27 / /srv/data rw - nfs4 server:/data rw",
              "32 30 0:29 / /srv/data/deep/er rw - tmpfs tmpfs rw",
              "31 30 0:28 / /srv/data/with\\040space\\134and\\011more rw - tmpfs tmpfs rw",
              "33 30 0:30 / /srv/data/deep/er rw - tmpfs tmpfs rw",
              "34 22 0:31 / /srv/database rw - tmpfs tmpfs rw"));

  @Test
  void findsEachMountPointBelowOnceAndParentsFirst() {
    assertThat(TABLE.below(Path.of("/srv/data")))
        .containsExactly(Path.of("/srv/data/deep/er"), Path.of("/srv/data/with space\\and\tmore"));
  }

  @Test
  void aFolderWithoutMountsHasNone() {
    assertThat(TABLE.below(Path.of("/srv/data/deep/er"))).isEmpty();
  }

  @Test
  void readsTheTableOfThisHost() {
    assertThat(MountTable.read().below(Path.of("/"))).contains(Path.of("/proc"));
  }
}
