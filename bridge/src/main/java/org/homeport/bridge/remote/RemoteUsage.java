package org.homeport.bridge.remote;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How full the storage of an account is, in bytes.
 *
 * @param limit empty when there is none
 */
public record RemoteUsage(long used, OptionalLong limit) {
  public RemoteUsage {
    Objects.requireNonNull(limit);
  }
}
