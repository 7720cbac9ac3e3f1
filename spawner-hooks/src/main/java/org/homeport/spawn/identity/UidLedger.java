package org.homeport.spawn.identity;

import java.util.OptionalInt;

/**
 * Remembers permanently which uid each user of {@link VirtualAccounts} was given: the uid of a user
 * who left is never given again, since files may still carry it.
 *
 * <p>Safe from many threads and processes at once; what {@link #claim} answered has been stored.
 */
public interface UidLedger {

  OptionalInt uidOf(HubUser user);

  /** The highest uid of the range that anyone was given. */
  OptionalInt highest(UidRange range);

  /**
   * Remembers a uid for a user, unless the user has one already or another user has this one.
   *
   * @return whether it is remembered
   */
  boolean claim(HubUser user, int uid);
}
