package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.homeport.spawn.Limits;
import org.homeport.spawn.SpawnPlan;
import org.homeport.spawn.SpawnRequest;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstFolderTest {
  private static final String OPENS = "--ServerApp.preferred_dir=/home/ada/a-b-1";
  private static final SpawnPlan PLAN =
      new SpawnPlan(
          HubUser.of("ada"),
          ServerName.DEFAULT,
          ImageName.of("a/b:1"),
          new Account("ada", 1001, 1001, List.of(), Path.of("/home/ada")),
          Path.of("/home/ada/a-b-1"),
          Path.of("/home/ada/a-b-1"),
          List.of(),
          Map.of("HOME", "/home/ada"),
          List.of());

  @Test
  void theRootIsTheHomeAndThePlansFolderOpens() {
    var request = request(Map.of());
    assertThat(FirstFolder.variables(request, PLAN))
        .containsExactly(Map.entry("JUPYTERHUB_ROOT_DIR", "/home/ada"));
    assertThat(FirstFolder.command(List.of("jupyterhub-singleuser", "--debug"), request, PLAN))
        .containsExactly("jupyterhub-singleuser", "--debug", OPENS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jupyter-lab",
        "/opt/conda/bin/jupyterhub-singleuser",
        "start-notebook.py",
        "/usr/local/bin/start-singleuser.sh"
      })
  void jupyterIsKnownByAnyOfItsNames(String word) {
    assertThat(FirstFolder.command(List.of("tini", "--", word), request(Map.of()), PLAN))
        .endsWith(word, OPENS);
  }

  @Test
  void aCommandThatIsNotJupyterStaysAsItIs() {
    var command = List.of("sh", "-c", "jupyterhub-singleuser & sleep 1; exit 3");
    assertThat(FirstFolder.command(command, request(Map.of()), PLAN)).isEqualTo(command);
    assertThat(FirstFolder.command(List.of(), request(Map.of()), PLAN)).isEmpty();
  }

  @Test
  void aHubThatNamesARootKeepsIt() {
    var request = request(Map.of("JUPYTERHUB_ROOT_DIR", "/srv/notebooks"));
    assertThat(FirstFolder.variables(request, PLAN)).isEmpty();
    assertThat(FirstFolder.command(List.of("jupyterhub-singleuser"), request, PLAN))
        .containsExactly("jupyterhub-singleuser");
  }

  private static ServerRequest request(Map<String, String> environment) {
    return new ServerRequest(
        new SpawnRequest(PLAN.user(), PLAN.serverName(), PLAN.image(), List.of()),
        List.of(),
        List.of(),
        environment,
        8888,
        "/",
        Limits.NONE);
  }
}
