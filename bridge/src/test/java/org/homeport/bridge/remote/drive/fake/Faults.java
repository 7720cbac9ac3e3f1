package org.homeport.bridge.remote.drive.fake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;

/** The faults to come: at which call of a kind, and whether before or after it takes effect. */
public final class Faults {
  private record Rule(Kind kind, boolean after, IntPredicate nth, Fault fault) {}

  /** The fate of one call. */
  record Fate(
      Optional<Fault> before,
      Optional<Fault> after,
      long cutAfter,
      long storeAtMost,
      boolean flip) {}

  private final List<Rule> rules = new ArrayList<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private long storeAtMost = Long.MAX_VALUE;
  private long cutAfter = Long.MAX_VALUE;
  private IntPredicate cutAt = n -> false;
  private IntPredicate cutDownloadAt = n -> false;
  private IntPredicate flipAt = n -> false;

  /** Calls of the kind for which the predicate holds of their number, from 1 on, have no effect. */
  public synchronized Faults before(Kind kind, IntPredicate nth, Fault fault) {
    rules.add(new Rule(kind, false, nth, fault));
    return this;
  }

  /** Calls of the kind take effect, and then the caller is told of a failure, or nothing. */
  public synchronized Faults after(Kind kind, IntPredicate nth, Fault fault) {
    rules.add(new Rule(kind, true, nth, fault));
    return this;
  }

  /** Of each chunk of a resumable upload, at most so many bytes are stored. */
  public synchronized Faults storeAtMost(long bytes) {
    storeAtMost = bytes;
    return this;
  }

  /** The connection is reset when so many bytes of a chunk have arrived; these are kept. */
  public synchronized Faults cutChunk(IntPredicate nth, long bytes) {
    cutAt = nth;
    cutAfter = bytes;
    return this;
  }

  /** The connection ends when so many bytes of a download have left. */
  public synchronized Faults cutDownload(IntPredicate nth, long bytes) {
    cutDownloadAt = nth;
    cutAfter = bytes;
    return this;
  }

  /** The first byte of a download arrives as another one. */
  public synchronized Faults damageDownload(IntPredicate nth) {
    flipAt = nth;
    return this;
  }

  /** Nothing goes wrong from now on; counting begins again. */
  public synchronized void clear() {
    rules.clear();
    counts.clear();
    storeAtMost = Long.MAX_VALUE;
    cutAt = n -> false;
    cutDownloadAt = n -> false;
    flipAt = n -> false;
  }

  public static IntPredicate nth(int number) {
    return n -> n == number;
  }

  public static IntPredicate every() {
    return n -> true;
  }

  /** About that share of the calls, always the same ones for the same seed. */
  public static IntPredicate seeded(long seed, double share) {
    return n -> new Random(seed * 31 + n).nextDouble() < share;
  }

  synchronized Fate next(Kind kind) {
    var n = counts.merge(kind, 1, Integer::sum);
    var cut =
        kind == Kind.SESSION_CHUNK && cutAt.test(n)
            || kind == Kind.DOWNLOAD && cutDownloadAt.test(n);
    return new Fate(
        find(kind, n, false),
        find(kind, n, true),
        cut ? cutAfter : Long.MAX_VALUE,
        storeAtMost,
        kind == Kind.DOWNLOAD && flipAt.test(n));
  }

  private Optional<Fault> find(Kind kind, int n, boolean after) {
    return rules.stream()
        .filter(rule -> rule.kind() == kind && rule.after() == after && rule.nth().test(n))
        .map(Rule::fault)
        .findFirst();
  }
}
