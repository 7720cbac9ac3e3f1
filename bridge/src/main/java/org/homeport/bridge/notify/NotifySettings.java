package org.homeport.bridge.notify;

import static org.homeport.bridge.settings.Readers.choice;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;

/**
 * The receivers of news about backups. The addresses are secrets, so each is in a file of its own.
 *
 * @param pingFile holds the address of a check that wants to hear of each night
 * @param webhookFile holds the address to which news are posted as JSON
 * @param webhookOn which news
 */
public record NotifySettings(
    Optional<Path> pingFile, Optional<Path> webhookFile, Set<Moment> webhookOn) {
  public static final NotifySettings NOBODY =
      new NotifySettings(Optional.empty(), Optional.empty(), EnumSet.allOf(Moment.class));

  public NotifySettings {
    Objects.requireNonNull(pingFile);
    Objects.requireNonNull(webhookFile);
    webhookOn = Set.copyOf(webhookOn);
  }

  /** Those that hold addresses. */
  public List<Path> files() {
    return Stream.concat(pingFile.stream(), webhookFile.stream()).toList();
  }

  /**
   * Reads the section {@code backup.notify}.
   *
   * @param nights whether homes are saved every night
   */
  public static NotifySettings read(Section section, boolean nights) {
    var ping = section.value("ping-file", Readers::path);
    var webhook = section.value("webhook-file", Readers::path);
    var on = section.values("webhook-on", choice(Moment.class));
    return section
        .make(
            () -> {
              if (ping.isPresent() && !nights) {
                throw new IllegalArgumentException(
                    "ping-file: hears of nights only: set backup.nightly");
              }
              return new NotifySettings(
                  ping, webhook, on.isEmpty() ? NOBODY.webhookOn() : Set.copyOf(on));
            })
        .orElse(NOBODY);
  }
}
