package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.home.HomeFixture.UID;
import static org.homeport.spawn.home.HomeFixture.giveToUser;
import static org.homeport.spawn.home.HomeFixture.uid;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge that is root without root's rights over files, as on an export with root_squash. */
class RightsTest {
  private static final String NO_RIGHTS_IN_HOMES = "-dac_override,-dac_read_search,-fowner";

  @TempDir Path homes;
  private HomeFixture ada;

  @BeforeEach
  void aHome() {
    ada = new HomeFixture(homes);
  }

  @Test
  void aNewHomeIsPreparedWithoutAnyRightInHomes() throws Exception {
    assertThat(prepareWithout(NO_RIGHTS_IN_HOMES)).isEqualTo("prepared");

    assertThat(uid(ada.account.home())).isEqualTo(UID);
    assertSeeded();
  }

  @Test
  void anExistingHomeIsPreparedWithoutTheRightToGiveFilesAway() throws Exception {
    Files.setPosixFilePermissions(
        giveToUser(Files.createDirectory(ada.account.home())),
        PosixFilePermissions.fromString("rwx------"));

    assertThat(prepareWithout(NO_RIGHTS_IN_HOMES + ",-chown")).isEqualTo("prepared");

    assertSeeded();
  }

  @Test
  void aNewHomeNeedsTheRightToGiveFilesAwayAndSaysSo() throws Exception {
    assertThat(prepareWithout(NO_RIGHTS_IN_HOMES + ",-chown"))
        .startsWith("home-not-made: The bridge may not make the home " + ada.account.home());

    assertThat(homes).isEmptyDirectory();
  }

  private void assertSeeded() throws Exception {
    for (var i = 0; i < OtherBridge.FILES; i++) {
      assertThat(ada.at(OtherBridge.file(i))).hasContent(OtherBridge.content(i));
      assertThat(uid(ada.at(OtherBridge.file(i)))).isEqualTo(UID);
    }
  }

  private String prepareWithout(String rights) throws Exception {
    var setpriv = List.of("setpriv", "--bounding-set", rights, "--inh-caps", rights);
    var bridge = OtherBridge.start(setpriv, homes, -1);
    try (var said = bridge.inputReader()) {
      return said.readLine();
    } finally {
      bridge.waitFor();
    }
  }
}
