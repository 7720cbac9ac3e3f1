package org.homeport.bridge.remote.drive;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a user's backups go at Google.
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
