package org.homeport.spawn.seed;

import java.util.List;
import java.util.Optional;
import org.homeport.spawn.identity.HubUser;

/**
 * Remembers what was seeded into each folder of a user.
 *
 * <p>All methods are repeatable, and what they write is durable before they return. They may block
 * and are never called with a user's identity.
 */
public interface SeedLedger {

  /**
   * The seeds that may be in a folder.
   *
   * @param last the seed that was applied completely the last time; empty before the first time
   * @param unfinished the seeds whose runs began since then and did not end, oldest first
   */
  record History(SeedManifest last, List<SeedManifest> unfinished) {
    public static final History NONE = new History(SeedManifest.EMPTY, List.of());

    public History {
      unfinished = List.copyOf(unfinished);
    }
  }

  /**
   * The digest of the seed that is completely in the folder; empty if there is none, and from
   * {@link #begin} until {@link #finish}. Asked at every start of a server: costs no reading of
   * manifests.
   */
  Optional<String> applied(HubUser user, String folder);

  History history(HubUser user, String folder);

  /** Marks that a run of this seed is about to write. */
  void begin(HubUser user, String folder, SeedManifest seed);

  /**
   * Ends all runs of this folder.
   *
   * @param seeded what counts as seeded from now on: the seed, and what earlier ones left behind
   */
  void finish(HubUser user, String folder, String digest, SeedManifest seeded);

  /** Forgets the folder: the next run is the first. */
  void forget(HubUser user, String folder);
}
