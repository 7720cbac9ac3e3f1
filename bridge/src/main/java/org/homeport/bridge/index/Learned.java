package org.homeport.bridge.index;

import java.util.List;
import java.util.Map;
import org.homeport.bridge.index.RootTable.Root;

/**
 * All that a remote knows of a tree.
 *
 * @param live what is there now
 * @param ended what was there
 * @param mark up to where the remote was looked at
 */
public record Learned(
    Map<String, Root> roots, List<IndexEntry> live, List<Ended> ended, String mark) {

  /** The state of an entry until a run. */
  public record Ended(IndexEntry entry, long run) {}

  public Learned {
    roots = Map.copyOf(roots);
    live = List.copyOf(live);
    ended = List.copyOf(ended);
  }
}
