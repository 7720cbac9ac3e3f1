package org.homeport.bridge.server;

import static org.homeport.bridge.settings.Readers.number;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;
import org.homeport.spawn.Limits;

/** The section {@code limits} of the settings. */
public final class LimitsSection {
  /** Enough for any course, and too few for a fork bomb to stop the host. */
  static final int DEFAULT_PIDS = 4096;

  private LimitsSection() {}

  public static Limits read(Section section) {
    var memory = section.value("memory", Readers::size);
    var cpus = section.value("cpus", Readers::decimal);
    var pids = section.value("pids", number(1, 1 << 22));
    return section
        .make(
            () ->
                new Limits(
                    memory.map(OptionalLong::of).orElse(OptionalLong.empty()),
                    cpus.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                    OptionalLong.of(pids.orElse(DEFAULT_PIDS))))
        .orElse(Limits.NONE);
  }
}
