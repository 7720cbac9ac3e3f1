package org.homeport.bridge.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.Image;
import org.homeport.spawn.SpawnPlan;
import org.homeport.spawn.seed.ImageFiles;

/** Turns the plan of a start into the container that is to run. */
final class ServerSpecs {
  private final ServerSettings settings;

  ServerSpecs(ServerSettings settings) {
    this.settings = settings;
  }

  ContainerSpec of(
      Start start, ServerRequest request, SpawnPlan plan, Image image, ImageFiles files) {
    var server = start.server();
    var account = plan.account();
    var names = NameFiles.of(account, files);
    var limits = request.limits().orElse(settings.limits());
    var labels =
        new ServerLabels(
            server.id(),
            server.user(),
            server.serverName(),
            server.image(),
            server.reference(),
            start.fingerprint(),
            request.port(),
            request.answersAt(),
            limits.memory());
    return new ContainerSpec(
        server.container(),
        image.id(),
        Math.toIntExact(account.uid()),
        Math.toIntExact(account.gid()),
        account.groups().stream().map(group -> Math.toIntExact(group.gid())).toList(),
        command(request, plan, image),
        plan.workingDirectory(),
        environment(request, plan, names.shell()),
        Stream.concat(plan.mounts().stream(), names.mounts().stream()).toList(),
        limits,
        labels.toMap());
  }

  /** The image's own command is left to the engine, unless something is added to it. */
  private static List<String> command(ServerRequest request, SpawnPlan plan, Image image) {
    var command = request.command().isEmpty() ? image.command() : request.command();
    var whole = Stream.concat(command.stream(), request.arguments().stream()).toList();
    var opening = FirstFolder.command(whole, request, plan);
    return opening.equals(image.command()) ? List.of() : opening;
  }

  /** The hub's variables, except that nobody can make the user somebody else. */
  private static Map<String, String> environment(
      ServerRequest request, SpawnPlan plan, String shell) {
    var environment = new HashMap<>(request.environment());
    environment.putAll(FirstFolder.variables(request, plan));
    environment.putAll(plan.environment());
    environment.put("SHELL", shell);
    return environment;
  }
}
