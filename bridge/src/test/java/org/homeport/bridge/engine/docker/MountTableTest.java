package org.homeport.bridge.engine.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MountTableTest {
  private static final MountTable TABLE =
      table(
          "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw",
          "30 22 0:27 / /srv/data rw - nfs4 server:/data rw",
          "32 30 0:29 / /srv/data/deep/er rw - tmpfs tmpfs rw",
          "31 30 0:28 / /srv/data/with\\040space\\134and\\011more rw - tmpfs tmpfs rw",
          "33 30 0:30 / /srv/data/deep/er rw - tmpfs tmpfs rw",
          "34 22 0:31 / /srv/database rw - tmpfs tmpfs rw",
          "35 22 0:32 / /srv/umlaut/\u00c3\u00a4 rw - tmpfs tmpfs rw", // in UTF-8
          "36 22 0:33 / /srv/umlaut/\u00e4 rw - tmpfs tmpfs rw"); // in Latin-1

  @Test
  void findsEachMountPointBelowOnceAndParentsFirst() {
    assertThat(TABLE.below(Path.of("/srv/data")))
        .containsExactly(Path.of("/srv/data/deep/er"), Path.of("/srv/data/with space\\and\tmore"));
  }

  @Test
  void aNameIsReadAsBytesAndLeftOutWhereItIsNotText() {
    assertThat(TABLE.below(Path.of("/srv/umlaut"))).containsExactly(Path.of("/srv/umlaut/ä"));
  }

  @Test
  void aFolderWithoutMountsHasNone() {
    assertThat(TABLE.below(Path.of("/srv/data/deep/er"))).isEmpty();
  }

  @Test
  void readsTheTableOfThisHost() {
    assertThat(MountTable.read().below(Path.of("/"))).contains(Path.of("/proc"));
  }

  private static MountTable table(String... lines) {
    return new MountTable(String.join("\n", lines).getBytes(ISO_8859_1));
  }
}
