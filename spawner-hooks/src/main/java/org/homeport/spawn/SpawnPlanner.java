package org.homeport.spawn;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.homeport.spawn.home.EnvironmentFolders;
import org.homeport.spawn.home.HomeLayout;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.image.ImagePolicy;
import org.homeport.spawn.mount.DataSources;
import org.homeport.spawn.mount.Mount;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Turns a request into a plan: the account that the server runs as, its folder, its mounts.
 *
 * <p>Repeatable: the same request has the same plan, from however many threads. Writes no home.
 */
public final class SpawnPlanner {

  /** The folder that a server starts in. */
  public enum StartIn {
    ENVIRONMENT,
    HOME
  }

  private final ImagePolicy images;
  private final Accounts accounts;
  private final EnvironmentFolders environments;
  private final DataSources data;
  private final StartIn startIn;

  public SpawnPlanner(
      ImagePolicy images,
      Accounts accounts,
      EnvironmentFolders environments,
      DataSources data,
      StartIn startIn) {
    this.images = images;
    this.accounts = accounts;
    this.environments = environments;
    this.data = data;
    this.startIn = startIn;
  }

  /**
   * Passes when policy allows the request; looks at nothing but the settings.
   *
   * @throws SpawnRefused when it does not
   */
  public void checkPolicy(SpawnRequest request) {
    images.check(request.image());
  }

  /**
   * The plan of a start. Makes the account and remembers the folder's name when they are new.
   *
   * @throws SpawnRefused when policy, the account or a data source forbids it
   */
  public SpawnPlan plan(SpawnRequest request) {
    checkPolicy(request);
    var account = accounts.of(request.user());
    var folder = environments.claim(request.user(), request.image());
    return plan(request, account, folder);
  }

  /**
   * The plan as {@link #plan} would make it now, changing nothing.
   *
   * @throws SpawnRefused also when the account would have to be made first
   */
  public SpawnPlan preview(SpawnRequest request) {
    checkPolicy(request);
    var account = accounts.find(request.user()).orElseThrow(() -> noAccountYet(request));
    var folder = environments.preview(request.user(), request.image());
    return plan(request, account, folder);
  }

  private SpawnPlan plan(SpawnRequest request, Account account, String folder) {
    var home = new HomeLayout(account.home());
    var environment = home.environment(folder);
    var offer = data.offerTo(account.home());
    var inside = ContainerAccount.of(account);
    return new SpawnPlan(
        request.user(),
        request.serverName(),
        request.image(),
        inside.account(),
        environment,
        startIn == StartIn.HOME ? home.root() : environment,
        Stream.concat(Stream.of(homeMount(account.home())), offer.mounts().stream()).toList(),
        variablesOf(account),
        Stream.concat(offer.warnings().stream(), inside.warnings().stream()).toList());
  }

  private static Mount homeMount(Path home) {
    return new Mount(home, home, false);
  }

  private static Map<String, String> variablesOf(Account account) {
    return Map.of(
        "HOME", account.home().toString(),
        "USER", account.name(),
        "LOGNAME", account.name(),
        "NB_USER", account.name(),
        "NB_UID", String.valueOf(account.uid()),
        "NB_GID", String.valueOf(account.gid()));
  }

  private static SpawnRefused noAccountYet(SpawnRequest request) {
    return new SpawnRefused(
        "account-missing",
        "The user '" + request.user() + "' has no account.",
        "With accounts.source: system, make one on the host. Otherwise the user's first start makes"
            + " it.");
  }
}
