package org.homeport.bridge.server;

import static org.homeport.bridge.settings.Readers.number;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;
import org.homeport.spawn.Limits;

/** The section {@code limits} of the settings. */
public final class LimitsSection {
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
                    pids.map(OptionalLong::of).orElse(OptionalLong.empty())))
        .orElse(Limits.NONE);
  }
}
