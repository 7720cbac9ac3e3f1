package org.homeport.bridge.server;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.homeport.spawn.SpawnPlan;

/**
 * Lets JupyterLab show the whole home, and open the plan's folder first.
 *
 * <p>The two differ: a user whose root is the environment's folder cannot go up to the files of
 * other environments. A hub that sets {@code notebook_dir} has its own root, and keeps it.
 */
final class FirstFolder {
  /** The variable by which JupyterHub tells a server its root. */
  private static final String ROOT = "JUPYTERHUB_ROOT_DIR";

  private static final Pattern JUPYTER =
      Pattern.compile("(.*/)?(jupyter[^/\\s]*|start-(notebook|singleuser)(\\.(sh|py))?)");

  private FirstFolder() {}

  /** Adds the root to the variables of the request. */
  static Map<String, String> variables(ServerRequest request, SpawnPlan plan) {
    return hasRoot(request) ? Map.of() : Map.of(ROOT, plan.account().home().toString());
  }

  /** Adds the folder to a command that starts Jupyter; any other stays as it is. */
  static List<String> command(List<String> command, ServerRequest request, SpawnPlan plan) {
    if (hasRoot(request) || command.stream().noneMatch(word -> JUPYTER.matcher(word).matches())) {
      return command;
    }
    var folder = "--ServerApp.preferred_dir=" + plan.workingDirectory();
    return Stream.concat(command.stream(), Stream.of(folder)).toList();
  }

  private static boolean hasRoot(ServerRequest request) {
    return request.environment().containsKey(ROOT);
  }
}
