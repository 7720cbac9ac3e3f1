package org.homeport.bridge.remote;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * Bytes used in the storage of an account, and their limit.
 *
 * @param limit empty when there is none
 */
public record RemoteUsage(long used, OptionalLong limit) {
  public RemoteUsage {
    Objects.requireNonNull(limit);
  }
}
