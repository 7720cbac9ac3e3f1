package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.home.HomeFixture.ADA;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bridge that is killed (-9) while it seeds. */
class KilledTest {
  @TempDir Path homes;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, OtherBridge.FILES - 1})
  void theNextStartCompletesWhatAKilledBridgeBegan(int file) throws Exception {
    var ada = new HomeFixture(homes);
    killAt(file);
    assertThat(Files.exists(ada.at(OtherBridge.file(file)))).as("no file is half there").isFalse();
    assertThat(ada.at(".homeport-seeding")).isNotEmptyDirectory();
    // The ledger of the killed bridge had it on the disk.
    ada.ledger.begin(ADA, ada.name(), OtherBridge.seed(-1).manifest());

    ada.prepare(OtherBridge.seed(-1));

    assertThat(ada.at(".homeport-seeding")).doesNotExist();
    try (var seeded = Files.list(ada.at("ex"))) {
      assertThat(seeded).hasSize(OtherBridge.FILES);
    }
    for (var i = 0; i < OtherBridge.FILES; i++) {
      assertThat(ada.at(OtherBridge.file(i))).hasContent(OtherBridge.content(i));
    }
    assertThat(Files.readSymbolicLink(ada.at("latest"))).isEqualTo(Path.of("ex"));
  }

  private void killAt(int file) throws Exception {
    var bridge = OtherBridge.start(List.of(), homes, file);
    try (var said = bridge.inputReader()) {
      assertThat(said.readLine()).isEqualTo("stuck");
    } finally {
      bridge.destroyForcibly().waitFor();
    }
  }
}
