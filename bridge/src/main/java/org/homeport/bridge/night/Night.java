package org.homeport.bridge.night;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.homeport.bridge.run.Run;
import org.homeport.spawn.identity.HubUser;

/**
 * The backups of all homes in one night.
 *
 * @param runs the last one of each home
 * @param missing the users whose homes should have been saved, and of whom there is no run
 * @param gone the users who are gone from the host since the night before
 * @param problem why the night could not be carried out; empty when it could
 */
public record Night(
    Instant begun,
    Instant ended,
    List<Run> runs,
    List<HubUser> missing,
    List<HubUser> gone,
    Optional<String> problem) {
  private static final int MOST_NAMED = 20;

  public Night {
    Objects.requireNonNull(begun);
    Objects.requireNonNull(ended);
    Objects.requireNonNull(problem);
    runs = List.copyOf(runs);
    missing = List.copyOf(missing);
    gone = List.copyOf(gone);
  }

  /** A night that could not be carried out. */
  static Night failed(Instant begun, Instant ended, String problem) {
    return new Night(begun, ended, List.of(), List.of(), List.of(), Optional.of(problem));
  }

  /** Counts how many homes ended how. */
  public Map<Run.Status, Long> homes() {
    return runs.stream()
        .collect(Collectors.groupingBy(Run::status, TreeMap::new, Collectors.counting()));
  }

  /** Whether every home is as safe as the administrator can make it; the rest is for its owner. */
  public boolean isSuccess() {
    return problem.isEmpty()
        && missing.isEmpty()
        && runs.stream()
            .noneMatch(
                run -> run.status() == Run.Status.FAILED || run.status() == Run.Status.RUNNING);
  }

  /** Returns the news for an administrator beside the runs; empty when there is none. */
  public String message() {
    var text = new StringBuilder(problem.orElse(""));
    add(text, "Not tried: ", missing, ".");
    add(text, "Gone from the host: ", gone, "; homeport forget ends what is kept of them.");
    return text.toString();
  }

  private static void add(StringBuilder text, String before, List<HubUser> users, String after) {
    if (!users.isEmpty()) {
      var named =
          users.stream().limit(MOST_NAMED).map(HubUser::name).collect(Collectors.joining(", "));
      var more = users.size() - MOST_NAMED;
      text.append(text.isEmpty() ? "" : " ")
          .append(before)
          .append(named)
          .append(more > 0 ? " and " + more + " more" : "")
          .append(after);
    }
  }
}
