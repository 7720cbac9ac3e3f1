package org.homeport.bridge.remote.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.homeport.bridge.remote.Batch.Outcome;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteContract;
import org.homeport.bridge.remote.TestContent;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemoteTest extends RemoteContract {
  @TempDir Path folder;

  @Test
  void namesThatAreTooLongForTheDiskAreCutThereAndKeptInTheCatalog() throws IOException {
    try (var remote = open()) {
      for (var name : List.of("%FF" + "x".repeat(300) + "1", "%FF" + "x".repeat(300) + "2")) {
        var id = remote.reserveIds(1).get(0);
        var made =
            remote.create(
                new NewFile(id, remote.top(), name, Instant.EPOCH, Map.of()), TestContent.of(name));
        assertThat(remote.find(id).orElseThrow().name()).isEqualTo(name);
        try (var in = remote.read(id, made.content().orElseThrow().version(), 0)) {
          assertThat(in.readAllBytes()).isEqualTo(TestContent.of(name).bytes());
        }
      }
    }
  }

  /** As on a disk that sees no difference between A.txt and a.txt. */
  @Test
  void ofTwoFilesOfABatchForOnePlaceNoneIsWrittenOverTheOther() throws IOException {
    try (var remote = open()) {
      var ids = remote.reserveIds(2);
      var batch = remote.batch();
      for (var id : ids) {
        var file = new NewFile(id, remote.top(), "a.txt", Instant.EPOCH, Map.of());
        batch.create(file, TestContent.of("of " + id));
      }
      var outcomes = batch.commit();
      assertThat(outcomes.values())
          .hasAtLeastOneElementOfType(Outcome.Arrived.class)
          .hasAtLeastOneElementOfType(Outcome.Refused.class);
      var arrived = ids.get(outcomes.get(ids.get(0)) instanceof Outcome.Arrived ? 0 : 1);
      assertThat(folder.resolve("a.txt")).hasContent("of " + arrived);
    }
  }

  @Test
  void namesThatDifferInCaseAreBothThereWhereTheDiskTellsThemApart() {
    try (var remote = open()) {
      var batch = remote.batch();
      for (var name : List.of("a.txt", "A.txt")) {
        var id = remote.reserveIds(1).get(0);
        batch.create(
            new NewFile(id, remote.top(), name, Instant.EPOCH, Map.of()), TestContent.of(name));
      }
      assertThat(batch.commit().values()).hasOnlyElementsOfType(Outcome.Arrived.class).hasSize(2);
      assertThat(folder.resolve("a.txt")).hasContent("a.txt");
      assertThat(folder.resolve("A.txt")).hasContent("A.txt");
    }
  }

  @Override
  protected Remote open() {
    return new FolderRemotes(folder, Clock.systemUTC()).open(HubUser.of("ada"));
  }
}
