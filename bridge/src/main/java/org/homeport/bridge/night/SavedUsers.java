package org.homeport.bridge.night;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.HubUser;

/**
 * The users whose homes are saved automatically.
 *
 * @param names all that the bridge has served
 * @param wanted whether there is somewhere to save the home of one to
 */
public record SavedUsers(
    Supplier<List<HubUser>> names, Predicate<HubUser> wanted, Accounts accounts) {

  List<HubUser> all() {
    return names.get();
  }

  boolean wants(HubUser user) {
    return wanted.test(user);
  }

  /** Whether the host no longer knows the user; an account that only cannot be used is there. */
  boolean isGone(HubUser user) {
    try {
      return accounts.find(user).isEmpty();
    } catch (RuntimeException e) {
      return false; // the backup will say what is wrong with it
    }
  }
}
