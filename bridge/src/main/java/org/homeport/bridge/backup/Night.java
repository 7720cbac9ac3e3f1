package org.homeport.bridge.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.homeport.bridge.run.Run;

/**
 * The backups of all homes in one night.
 *
 * @param runs the last one of each home
 */
public record Night(Instant begun, Instant ended, List<Run> runs) {
  public Night {
    Objects.requireNonNull(begun);
    Objects.requireNonNull(ended);
    runs = List.copyOf(runs);
  }

  /** How many homes ended how. */
  public Map<Run.Status, Long> homes() {
    return runs.stream()
        .collect(Collectors.groupingBy(Run::status, TreeMap::new, Collectors.counting()));
  }

  /** Whether every home is as safe as the administrator can make it; the rest is for its owner. */
  public boolean isSuccess() {
    return runs.stream()
        .noneMatch(run -> run.status() == Run.Status.FAILED || run.status() == Run.Status.RUNNING);
  }
}
