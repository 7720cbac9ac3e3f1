package org.homeport.bridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private static final String LINE = "x".repeat(49);

  @TempDir Path folder;
  private Path path;
  private AuditFile file;

  @BeforeEach
  void make() {
    path = folder.resolve("new/audit.log");
    file = new AuditFile(new AuditSettings(path, 100, 2));
  }

  @Test
  void onlyItsOwnerReadsIt() throws IOException {
    file.write(LINE);

    assertThat(path).hasContent(LINE);
    assertThat(mode(path)).isEqualTo("rw-------");
    assertThat(mode(path.getParent())).isEqualTo("rwx------");
  }

  @Test
  void fullFilesArePutAsideAndTheOldestGoes() {
    for (var number = 0; number < 8; number++) {
      file.write(number + LINE.substring(1));
    }

    assertThat(path.getParent().toFile().list())
        .containsExactlyInAnyOrder("audit.log", "audit.log.1", "audit.log.2");
    assertThat(path).content().startsWith("6");
    assertThat(path.resolveSibling("audit.log.1")).content().startsWith("4");
    assertThat(path.resolveSibling("audit.log.2")).content().startsWith("2").hasSize(100);
  }

  @Test
  void itMayBeMovedAwayAtAnyTime() throws IOException {
    file.write(LINE);
    Files.move(path, folder.resolve("elsewhere"));
    file.write(LINE);

    assertThat(path).hasContent(LINE);
  }

  @Test
  void whatCannotBeWrittenIsKnownUntilItCan() throws IOException {
    Files.writeString(path.getParent(), "in the way");

    file.write(LINE);
    assertThat(file.isFailing()).isTrue();

    Files.delete(path.getParent());
    file.write(LINE);
    assertThat(file.isFailing()).isFalse();
    assertThat(path).hasContent(LINE);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
