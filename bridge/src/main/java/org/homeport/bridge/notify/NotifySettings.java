package org.homeport.bridge.notify;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who is told of backups. The addresses are secrets, so each is in a file of its own.
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
}
