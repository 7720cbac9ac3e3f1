package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import org.homeport.bridge.token.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  private static final Secret SECRET = new Secret("1//refresh");

  @TempDir Path folder;

  @Test
  void whatIsSealedOpensForItsOwnerAfterARestart() throws Exception {
    var line = vault().seal(SECRET, "ada");
    assertThat(line).doesNotContain("refresh");
    assertThat(vault().unseal(line, "ada")).isEqualTo(SECRET);
  }

  @Test
  void theSameSecretNeverLooksTheSame() throws IOException {
    assertThat(vault().seal(SECRET, "ada")).isNotEqualTo(vault().seal(SECRET, "ada"));
  }

  @Test
  void aLineThatWasCopiedToAnotherOwnerDoesNotOpen() throws IOException {
    var line = vault().seal(SECRET, "ada");
    assertThatThrownBy(() -> vault().unseal(line, "bob"))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void theKeyIsForItsOwnerOnly() throws IOException {
    vault();
    assertThat(Files.getPosixFilePermissions(folder.resolve("key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aKeyFileThatWasCutIsRefusedWithARemedy() throws IOException {
    Files.write(folder.resolve("key"), new byte[7]);
    assertThatThrownBy(this::vault).hasMessageContaining("restore it from a copy");
  }

  @Test
  void aSecretDoesNotShow() {
    assertThat(SECRET).asString().doesNotContain("refresh");
  }

  private Vault vault() throws IOException {
    return Vault.open(folder.resolve("key"));
  }
}
