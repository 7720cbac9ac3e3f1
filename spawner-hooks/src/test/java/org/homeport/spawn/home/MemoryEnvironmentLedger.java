package org.homeport.spawn.home;

import java.util.HashMap;
import java.util.Map;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;

/** A ledger that forgets everything at the end of the test. */
public final class MemoryEnvironmentLedger implements EnvironmentLedger {
  private final Map<HubUser, Map<ImageName, String>> folders = new HashMap<>();

  @Override
  public synchronized Map<ImageName, String> foldersOf(HubUser user) {
    return Map.copyOf(folders.getOrDefault(user, Map.of()));
  }

  @Override
  public synchronized boolean claim(HubUser user, ImageName image, String folder) {
    var known = folders.computeIfAbsent(user, u -> new HashMap<>());
    return !known.containsValue(folder) && known.putIfAbsent(image, folder) == null;
  }
}
