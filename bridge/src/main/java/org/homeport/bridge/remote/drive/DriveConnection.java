package org.homeport.bridge.remote.drive;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The Google account that holds a user's backups.
 *
 * @param email the account that the user chose
 * @param ended since when Google no longer lets Homeport in, so that the user must connect again
 */
public record DriveConnection(String email, Instant connected, Optional<Instant> ended) {
  public DriveConnection {
    Objects.requireNonNull(email);
    Objects.requireNonNull(connected);
    Objects.requireNonNull(ended);
  }
}
