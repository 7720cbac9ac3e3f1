package org.homeport.bridge.remote;

import java.time.Instant;
import java.util.Objects;

/** One version of a file that the remote still has, and when it arrived there. */
public record RemoteRevision(String version, Instant savedAt, long size, Md5 md5) {
  public RemoteRevision {
    Objects.requireNonNull(version);
    Objects.requireNonNull(savedAt);
    Objects.requireNonNull(md5);
  }
}
