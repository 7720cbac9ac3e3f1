package org.homeport.spawn.seed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.spawn.identity.HubUser;

/** A ledger that lasts as long as the test. */
public class MemorySeedLedger implements SeedLedger {
  private record Key(HubUser user, String folder) {}

  private record Applied(String digest, SeedManifest seeded) {}

  private final Map<Key, Applied> applied = new HashMap<>();
  private final Map<Key, List<SeedManifest>> unfinished = new HashMap<>();

  @Override
  public synchronized Optional<String> applied(HubUser user, String folder) {
    var key = new Key(user, folder);
    return unfinished.containsKey(key)
        ? Optional.empty()
        : Optional.ofNullable(applied.get(key)).map(Applied::digest);
  }

  @Override
  public synchronized History history(HubUser user, String folder) {
    var key = new Key(user, folder);
    var last = applied.containsKey(key) ? applied.get(key).seeded() : SeedManifest.EMPTY;
    return new History(last, unfinished.getOrDefault(key, List.of()));
  }

  @Override
  public synchronized void begin(HubUser user, String folder, SeedManifest seed) {
    var runs = unfinished.computeIfAbsent(new Key(user, folder), key -> new ArrayList<>());
    if (!runs.contains(seed)) {
      runs.add(seed);
    }
  }

  @Override
  public synchronized void finish(HubUser user, String folder, String digest, SeedManifest seeded) {
    applied.put(new Key(user, folder), new Applied(digest, seeded));
    unfinished.remove(new Key(user, folder));
  }

  @Override
  public synchronized void forget(HubUser user, String folder) {
    applied.remove(new Key(user, folder));
    unfinished.remove(new Key(user, folder));
  }
}
