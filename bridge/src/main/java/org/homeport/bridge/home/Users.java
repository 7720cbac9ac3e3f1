package org.homeport.bridge.home;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users that the bridge has served, with their homes. */
public final class Users {
  private static final Logger log = LoggerFactory.getLogger(Users.class);

  private final Accounts accounts;
  private final EnvironmentTable environments;
  private final HomeSizes sizes;

  /**
   * One user.
   *
   * @param account as it is now, with the home; empty when the host no longer knows or allows it
   * @param problem why the account cannot be used; empty when it can, or when there is none
   * @param environments the user's environment folders
   * @param size of the home; empty when it was not measured yet
   */
  public record User(
      HubUser user,
      Optional<Account> account,
      Optional<String> problem,
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

  /** Returns their names: quicker than {@link #list}. */
  public List<HubUser> names() {
    return environments.users();
  }

  /** One user; empty for one whom the bridge never served. */
  public Optional<User> find(HubUser name) {
    return Optional.of(user(name)).filter(user -> !user.environments().isEmpty());
  }

  /** Where the user's home lies; empty when the host knows or allows the user no more. */
  public Optional<Path> homeOf(HubUser name) {
    return account(name).account().map(Account::home);
  }

  /** Returns the size of the home; empty when it was not measured yet. */
  public Optional<HomeSize> sizeOf(HubUser name) {
    return sizes.of(name);
  }

  private User user(HubUser name) {
    var folders =
        environments.foldersOf(name).entrySet().stream()
            .map(entry -> new Environment(entry.getKey(), entry.getValue()))
            .toList();
    var found = account(name);
    return new User(name, found.account(), found.problem(), folders, sizes.of(name));
  }

  /** Forgets a user, but for the uid of a virtual account: files may still carry it. */
  public void forget(HubUser name) {
    environments.forget(name);
  }

  /** An account, or what is wrong with it. */
  private record Found(Optional<Account> account, Optional<String> problem) {}

  /** One account that cannot be read must not hide those of all others. */
  private Found account(HubUser name) {
    try {
      return new Found(accounts.find(name), Optional.empty());
    } catch (SpawnRefused e) {
      return new Found(Optional.empty(), Optional.of(e.getMessage()));
    } catch (RuntimeException e) {
      log.warn("The account of {} cannot be read.", name, e);
      return new Found(
          Optional.empty(), Optional.of("The account cannot be read; the log says why."));
    }
  }
}
