package org.homeport.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.bridge.database.TestDatabase;

/** A whole bridge on a free port, and a caller who holds a token. */
final class RunningBridge implements AutoCloseable {
  private static final String ENVIRONMENTS =
      "environments: {images: ['homeport-test/*', 'plasmabio/one:1'], pull: never}\n";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger followers = new AtomicInteger();
  private final Path config;
  private final Homeport homeport;
  private final String token;

  /** An answer of the bridge. */
  record Answer(int status, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** Starts a bridge in the folder, on an engine that is not there unless the settings name one. */
  static RunningBridge in(Path folder, String... settings) {
    return new RunningBridge(folder, settings);
  }

  private RunningBridge(Path folder, String... settings) {
    config = write(folder, settings);
    homeport = new Homeport(Settings.read(config));
    token = text(folder.resolve("state/admin.token")).strip();
  }

  /** Writes the settings of a bridge and does not start it. */
  static Path write(Path folder, String... settings) {
    var given = String.join("\n", settings);
    var yaml =
        """
        state: FOLDER/state
        accounts: {source: virtual, homes: FOLDER/homes}
        """
            + (given.contains("environments:") ? "" : ENVIRONMENTS)
            + (given.contains("listen:") ? "" : "listen: 127.0.0.1:0\n")
            + "database: '%s'\n".formatted(TestDatabase.url(folder.resolve("state/homeport.db")))
            + (given.contains("docker:") ? "" : "docker: {host: 'unix://FOLDER/no-engine'}\n")
            + given;
    try {
      return Files.writeString(
          folder.resolve("homeport.yaml"), yaml.replace("FOLDER", folder.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings file. */
  Path config() {
    return config;
  }

  String address() {
    return homeport.address().toString();
  }

  /** The token of the administrator. */
  String token() {
    return token;
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String json) {
    return send(request(path).POST(BodyPublishers.ofString(json)));
  }

  Answer delete(String path) {
    return send(request(path).DELETE());
  }

  /** A request as administrator, to change before it is sent. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + address() + path))
        .timeout(Duration.ofSeconds(30))
        .setHeader("Authorization", "Bearer " + token)
        .setHeader("Content-Type", "application/json");
  }

  Answer send(HttpRequest.Builder request) {
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Follows a stream in the background; {@link #followers} counts those that have begun. */
  CompletableFuture<String> follow(String path) {
    return http.sendAsync(
            request(path).timeout(Duration.ofMinutes(2)).build(),
            head -> {
              followers.incrementAndGet();
              return BodySubscribers.ofString(StandardCharsets.UTF_8);
            })
        .thenApply(HttpResponse::body);
  }

  /** Sends in the background; the answer's status. */
  CompletableFuture<Integer> background(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  int followers() {
    return followers.get();
  }

  @Override
  public void close() {
    homeport.close();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
