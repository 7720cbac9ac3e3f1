package org.homeport.bridge.home;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.refusal.SpawnRefused;

/** The users that the bridge has served, with their homes. */
public final class Users {
  private final Accounts accounts;
  private final EnvironmentTable environments;
  private final HomeSizes sizes;

  /**
   * One user.
   *
   * @param account as it is now, with the home; empty when the host knows or allows it no more
   * @param environments the user's environment folders
   * @param size of the home; empty when it was not measured yet
   */
  public record User(
      HubUser user,
      Optional<Account> account,
      List<Environment> environments,
      Optional<HomeSize> size) {
    public User {
      environments = List.copyOf(environments);
    }
  }

  /** The folder of an environment in a home. */
  public record Environment(ImageName image, String folder) {}

  public Users(Accounts accounts, EnvironmentTable environments, HomeSizes sizes) {
    this.accounts = accounts;
    this.environments = environments;
    this.sizes = sizes;
  }

  public List<User> list() {
    return environments.users().stream().map(this::user).toList();
  }

  /** Who they are, by name: quicker than {@link #list}. */
  public List<HubUser> names() {
    return environments.users();
  }

  /** One user; empty for one whom the bridge never served. */
  public Optional<User> find(HubUser name) {
    return Optional.of(user(name)).filter(user -> !user.environments().isEmpty());
  }

  /** Where the user's home lies; empty when the host knows or allows the user no more. */
  public Optional<Path> homeOf(HubUser name) {
    return account(name).map(Account::home);
  }

  /** How big the home is; empty when it was not measured yet. */
  public Optional<HomeSize> sizeOf(HubUser name) {
    return sizes.of(name);
  }

  private User user(HubUser name) {
    var folders =
        environments.foldersOf(name).entrySet().stream()
            .map(entry -> new Environment(entry.getKey(), entry.getValue()))
            .toList();
    return new User(name, account(name), folders, sizes.of(name));
  }

  private Optional<Account> account(HubUser name) {
    try {
      return accounts.find(name);
    } catch (SpawnRefused e) {
      return Optional.empty();
    }
  }
}
