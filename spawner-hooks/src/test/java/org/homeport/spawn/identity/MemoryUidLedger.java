package org.homeport.spawn.identity;

import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** A ledger that forgets everything at the end of the test. */
public final class MemoryUidLedger implements UidLedger {
  private final Map<HubUser, Integer> uids = new ConcurrentHashMap<>();

  @Override
  public OptionalInt uidOf(HubUser user) {
    var uid = uids.get(user);
    return uid == null ? OptionalInt.empty() : OptionalInt.of(uid);
  }

  @Override
  public OptionalInt highest(UidRange range) {
    return uids.values().stream().mapToInt(uid -> uid).filter(range::contains).max();
  }

  @Override
  public synchronized boolean claim(HubUser user, int uid) {
    return !uids.containsValue(uid) && uids.putIfAbsent(user, uid) == null;
  }
}
