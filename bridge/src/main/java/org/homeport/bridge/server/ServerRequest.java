package org.homeport.bridge.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.homeport.bridge.web.BadRequest;
import org.homeport.bridge.web.StrictFields;
import org.homeport.spawn.Limits;
import org.homeport.spawn.SpawnRequest;
import org.homeport.spawn.hash.Sha256;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;

/**
 * A request of the hub to start a server.
 *
 * @param command what to run; empty for the image's own command
 * @param arguments appended to the command
 * @param environment the hub's variables for this server; holds its token
 * @param port the one that it listens on in the container
 * @param answersAt the path that answers once the server is up
 * @param limits what it may use; what is open is filled from the settings
 */
public record ServerRequest(
    SpawnRequest spawn,
    List<String> command,
    List<String> arguments,
    Map<String, String> environment,
    int port,
    String answersAt,
    Limits limits) {
  private static final Set<String> FIELDS =
      Set.of(
          "user",
          "serverName",
          "image",
          "groups",
          "command",
          "arguments",
          "environment",
          "port",
          "answersAt",
          "limits");
  private static final Set<String> LIMITS = Set.of("memory", "cpus", "pids");
  private static final int DEFAULT_PORT = 8888;

  public ServerRequest {
    Objects.requireNonNull(spawn);
    Objects.requireNonNull(limits);
    command = List.copyOf(command);
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /**
   * Reads the JSON of a request.
   *
   * @throws BadRequest naming the first field that is missing, unknown, or of a wrong type or value
   */
  public static ServerRequest of(JsonNode json) {
    var fields = new StrictFields(json, "", FIELDS);
    var spawn =
        new SpawnRequest(
            fields.required("user", HubUser::of),
            fields.optional("serverName", ServerName::of).orElse(ServerName.DEFAULT),
            fields.required("image", ImageName::of),
            fields.texts("groups"));
    var limits = fields.object("limits", LIMITS);
    return new ServerRequest(
        spawn,
        fields.texts("command"),
        fields.texts("arguments"),
        environment(fields),
        (int) fields.whole("port", 1, 65535).orElse(DEFAULT_PORT),
        fields.optional("answersAt", ServerRequest::path).orElse("/"),
        fields.checked(
            "limits",
            () ->
                new Limits(
                    limits.whole("memory", 1, Long.MAX_VALUE),
                    limits.number("cpus"),
                    limits.whole("pids", 1, Long.MAX_VALUE))));
  }

  /**
   * The same for equal requests, different for any other; tells whether a container was made for
   * this very request, and gives nothing of its secrets away.
   */
  public String fingerprint() {
    var everything =
        StrictFields.json(
            List.of(
                spawn.user(),
                spawn.serverName(),
                spawn.image(),
                spawn.groups(),
                command,
                arguments,
                new TreeMap<>(environment),
                port,
                answersAt,
                limits.toString()));
    return Sha256.hex(everything);
  }

  /** Without the environment, which holds the server's token. */
  @Override
  public String toString() {
    return "ServerRequest[" + spawn + ", port " + port + ", " + limits + "]";
  }

  private static Map<String, String> environment(StrictFields fields) {
    var environment = fields.textMap("environment");
    for (var name : environment.keySet()) {
      if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
        var shown = name.replace('\0', '?');
        throw new BadRequest(
            "environment." + shown,
            "'" + shown + "' is not the name of an environment variable.",
            "Leave out empty names, and names with '=' or a NUL character.");
      }
    }
    return environment;
  }

  private static String path(String text) {
    if (!text.startsWith("/")
        || !URI.create("http://server" + text).toASCIIString().endsWith(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a path: it begins with '/', and other characters are %-escaped.");
    }
    return text;
  }
}
