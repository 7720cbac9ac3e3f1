package org.homeport.bridge.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;

/**
 * The hub that signs people in, and where below its address the pages are.
 *
 * @param api the hub's own API; {@code {gateway}} stands for the address of Homeport's network
 * @param prefix of all pages, with a slash at both ends
 * @param token the secret that hub and bridge share; read at every use, so that it can be changed
 */
public record HubSettings(String api, String prefix, Supplier<String> token) {
  public static final String DEFAULT_API = "http://127.0.0.1:8081/hub/api";
  public static final String DEFAULT_PREFIX = "/services/homeport/";
  static final String GATEWAY = "{gateway}";

  public HubSettings {
    Objects.requireNonNull(token);
    if (!api.matches("https?://[^/]+/(?:.*/)?hub/api")) {
      throw new IllegalArgumentException("api: expected an address such as " + DEFAULT_API);
    }
    if (!prefix.matches("/(?:[^/{}<>*]+/)+")) {
      throw new IllegalArgumentException("prefix: expected a path such as " + DEFAULT_PREFIX);
    }
  }

  /** A hub whose token lies in a file. */
  public static HubSettings of(String api, String prefix, Path tokenFile) {
    return new HubSettings(api, prefix, () -> read(tokenFile));
  }

  /**
   * Reads the variables that a hub gives to a service of its own; empty when no hub has started us.
   */
  public static Optional<HubSettings> of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("JUPYTERHUB_API_TOKEN"))
        .filter(token -> environment.containsKey("JUPYTERHUB_SERVICE_PREFIX"))
        .map(
            token ->
                new HubSettings(
                    environment.get("JUPYTERHUB_API_URL"),
                    environment.get("JUPYTERHUB_SERVICE_PREFIX"),
                    () -> token));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The token that hub and bridge share cannot be read: see hub.token-file.", e);
    }
  }

  /** Reads the section {@code hub}. A hub that starts the bridge itself tells it the rest. */
  public static Optional<HubSettings> read(Section section) {
    var api = section.value("api", text -> text);
    var prefix = section.value("prefix", text -> text);
    var tokenFile = section.value("token-file", Readers::path);
    if (tokenFile.isEmpty() && api.isEmpty() && prefix.isEmpty()) {
      return of(System.getenv());
    }
    return section.make(
        () ->
            of(
                api.orElse(DEFAULT_API),
                prefix.orElse(DEFAULT_PREFIX),
                tokenFile.orElseThrow(
                    () -> new IllegalArgumentException("token-file: is missing"))));
  }
}
