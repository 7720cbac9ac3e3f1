package org.homeport.bridge.engine.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.core.DockerConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.homeport.spawn.image.ImageName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logins for registries, as {@code docker login} leaves them in a folder: read again for each pull,
 * since passwords of some registries change every few hours.
 */
final class RegistryLogins {
  private static final Logger log = LoggerFactory.getLogger(RegistryLogins.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HUB = "docker.io";
  private static final String ADDRESS_OF_HUB = "https://index.docker.io/v1/";
  private static final String TOKEN = "<token>"; // stands for a user name, before a token
  private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9._-]+");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Function<String, List<String>> helpers;

  /**
   * @param folder with Docker's {@code config.json}, which may be missing
   */
  RegistryLogins(Path folder) {
    this(folder, helper -> List.of("docker-credential-" + helper, "get"));
  }

  /**
   * @param helpers gives the command of a credential helper
   */
  RegistryLogins(Path folder, Function<String, List<String>> helpers) {
    this.folder = folder;
    this.helpers = helpers;
  }

  /** The login for the image's registry; empty when there is none, or none that can be read. */
  Optional<AuthConfig> of(ImageName image) {
    var address = image.registry().equals(HUB) ? ADDRESS_OF_HUB : image.registry();
    try {
      var file = folder.resolve("config.json");
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      var helper = helper(JSON.readTree(file.toFile()), address);
      return helper.isPresent()
          ? ask(helper.get(), address)
          : Optional.ofNullable(
              DockerConfigFile.loadConfig(JSON, folder.toString()).resolveAuthConfig(address));
    } catch (IOException | RuntimeException e) {
      log.warn( // without its message, which may quote a secret
          "no login for registry={}: {} in {}", image.registry(), e.getClass().getName(), folder);
      return Optional.empty();
    }
  }

  private static Optional<String> helper(JsonNode config, String address) {
    return Stream.of(config.path("credHelpers").path(address), config.path("credsStore"))
        .map(JsonNode::asText)
        .filter(name -> HELPER.matcher(name).matches())
        .findFirst();
  }

  private Optional<AuthConfig> ask(String helper, String address) throws IOException {
    var process =
        new ProcessBuilder(helpers.apply(helper))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      tell(process, address);
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
          || process.exitValue() != 0) {
        log.warn("no login for registry={}: the credential helper {} gave none", address, helper);
        return Optional.empty();
      }
      return Optional.of(login(JSON.readTree(process.getInputStream()), address));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A helper that needs no address may end before it read one. */
  private static void tell(Process process, String address) {
    try (var input = process.getOutputStream()) {
      input.write(address.getBytes(UTF_8));
    } catch (IOException e) {
      log.debug("the credential helper does not listen", e);
    }
  }

  private static AuthConfig login(JsonNode answer, String address) {
    var user = answer.path("Username").asText();
    var secret = answer.path("Secret").asText();
    var login = new AuthConfig().withRegistryAddress(address);
    return user.equals(TOKEN)
        ? login.withIdentityToken(secret)
        : login.withUsername(user).withPassword(secret);
  }
}
