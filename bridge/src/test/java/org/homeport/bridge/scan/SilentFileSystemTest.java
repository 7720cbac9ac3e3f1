package org.homeport.bridge.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.homeport.bridge.backup.TestHome;
import org.homeport.bridge.check.FileChecks;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.server.DataCheck;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.mount.DataSource;
import org.homeport.spawn.mount.DataSources;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file system whose program never answers holds up nobody for long. */
@Timeout(120)
class SilentFileSystemTest {
  private static final Path TARGET = Path.of("/srv/data");
  private static final Path HOME = Path.of("/home/ada");

  @TempDir Path folder;

  @Test
  void dataThatDoesNotAnswerIsRefusedByNameAndLeftOutWhereItIsOptional() throws IOException {
    var place = Files.createDirectory(folder.resolve("data"));
    var silent = TestMount.hanging(place);
    try {
      var link = Files.createSymbolicLink(folder.resolve("link"), place);

      assertThat(refusal(() -> data(place, false).offerTo(HOME)).code()).isEqualTo("data-silent");
      assertThat(refusal(() -> data(link, false).offerTo(HOME)))
          .hasMessageContaining(link.toString());
      assertThat(data(place, true).offerTo(HOME).warnings())
          .singleElement()
          .asString()
          .contains("/srv/data");
    } finally {
      silent.close();
    }
    // It is known as silent until its last answer came.
    Awaitility.await()
        .ignoreExceptionsInstanceOf(SpawnRefused.class)
        .until(() -> data(place, false).offerTo(HOME).mounts().size() == 1);
  }

  @Test
  void theDoctorNamesWhatDoesNotAnswerAndGoesOn() throws IOException {
    var place = Files.createDirectory(folder.resolve("data"));
    var findings = new Findings();
    var silent = TestMount.hanging(place);
    try {
      new DataCheck(data(place, false)).look(findings);
      FileChecks.room(findings, "backup", place.resolve("saved"), "backup.remote");
    } finally {
      silent.close();
    }
    assertThat(findings.wrongs()).hasSize(2).allMatch(wrong -> wrong.contains("does not answer"));
  }

  @Test
  void aHomeThatDoesNotAnswerIsRefused() throws IOException {
    var home = new TestHome(folder, "ada");
    var files = new HomeFiles(new AsUser());
    var silent = TestMount.hanging(home.account().home());
    try {
      assertThat(refusal(() -> files.read(home.account(), Directory::names)).code())
          .isEqualTo("home-silent");
    } finally {
      silent.close();
    }
    // It is known as silent until its last answer came.
    Awaitility.await()
        .ignoreExceptionsInstanceOf(SpawnRefused.class)
        .until(() -> files.read(home.account(), Directory::names).isEmpty());
  }

  private static DataSources data(Path source, boolean optional) {
    return DataSources.NONE.and(new DataSource(source, TARGET, optional));
  }

  private static SpawnRefused refusal(ThrowingCallable call) {
    return catchThrowableOfType(SpawnRefused.class, call);
  }
}
