package org.homeport.spawn;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * The most that one server may use.
 *
 * @param memory bytes; empty for no limit
 * @param cpus in cores, such as 0.5; empty for no limit
 * @param pids processes and threads; empty for no limit
 */
public record Limits(OptionalLong memory, OptionalDouble cpus, OptionalLong pids) {
  public static final Limits NONE =
      new Limits(OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());
  private static final long SMALLEST_MEMORY = 6L << 20;

  public Limits {
    if (memory.isPresent() && memory.getAsLong() < SMALLEST_MEMORY) {
      throw bad("memory", memory.getAsLong() + " bytes", "6 MiB or more");
    }
    if (cpus.isPresent() && !(cpus.getAsDouble() >= 0.01 && cpus.getAsDouble() <= 4096)) {
      throw bad("cpus", String.valueOf(cpus.getAsDouble()), "from 0.01 to 4096 cores");
    }
    if (pids.isPresent() && pids.getAsLong() < 1) {
      throw bad("pids", String.valueOf(pids.getAsLong()), "1 or more");
    }
  }

  /** These limits, with what they leave open taken from the other ones. */
  public Limits orElse(Limits other) {
    return new Limits(
        memory.isPresent() ? memory : other.memory,
        cpus.isPresent() ? cpus : other.cpus,
        pids.isPresent() ? pids : other.pids);
  }

  private static SpawnRefused bad(String which, String value, String range) {
    return new SpawnRefused(
        "bad-limit", "The limit of " + which + " is " + value + ".", "Set it to " + range + ".");
  }
}
