package org.homeport.bridge.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.AuthConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryLoginsTest {
  private static final ImageName OURS = ImageName.of("registry.example.com/course:1");

  @TempDir private Path folder;

  @Test
  void withoutAFileThereIsNoLogin() {
    assertThat(logins("exit 1").of(OURS)).isEmpty();
  }

  @Test
  void aLoginIsReadAgainForEachPull() throws IOException {
    var logins = logins("exit 1");
    for (var password : List.of("yesterdays", "todays")) {
      config("{'auths': {'registry.example.com': {'auth': '" + auth("ada", password) + "'}}}");
      assertThat(logins.of(OURS)).map(AuthConfig::getUsername).contains("ada");
      assertThat(logins.of(OURS)).map(AuthConfig::getPassword).contains(password);
    }
    assertThat(logins.of(ImageName.of("other.example.com/course:1"))).isEmpty();
  }

  @Test
  void dockerHubIsFoundUnderItsLongAddress() throws IOException {
    config("{'auths': {'https://index.docker.io/v1/': {'auth': '" + auth("ada", "word") + "'}}}");
    assertThat(logins("exit 1").of(ImageName.of("course:1")))
        .map(AuthConfig::getPassword)
        .contains("word");
  }

  @Test
  void theHelperOfARegistryIsAsked() throws IOException {
    config("{'credHelpers': {'registry.example.com': 'ecr'}, 'credsStore': 'other'}");
    var login =
        logins("printf '{\"Username\": \"%s\", \"Secret\": \"%s\"}' $0 $(cat)")
            .of(OURS)
            .orElseThrow();
    assertThat(login.getUsername()).isEqualTo("ecr");
    assertThat(login.getPassword()).isEqualTo("registry.example.com");
  }

  @Test
  void aHelperMayAnswerWithAToken() throws IOException {
    config("{'credsStore': 'desktop'}");
    var login = logins("echo '{\"Username\": \"<token>\", \"Secret\": \"xyz\"}'").of(OURS);
    assertThat(login).map(AuthConfig::getIdentitytoken).contains("xyz");
  }

  @Test
  void aHelperThatFailsAndAFileThatIsBrokenAreNoLogin() throws IOException {
    config("{'credsStore': 'desktop'}");
    assertThat(logins("echo credentials not found; exit 1").of(OURS)).isEmpty();
    assertThat(logins("echo no JSON").of(OURS)).isEmpty();
    config("{'credsStore': '../evil'}");
    assertThat(logins("echo '{}'").of(OURS)).isEmpty();
    config("no JSON");
    assertThat(logins("exit 1").of(OURS)).isEmpty();
  }

  private RegistryLogins logins(String script) {
    return new RegistryLogins(folder, helper -> List.of("sh", "-c", script, helper));
  }

  private void config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json.replace('\'', '"'));
  }

  private static String auth(String user, String password) {
    return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }
}
