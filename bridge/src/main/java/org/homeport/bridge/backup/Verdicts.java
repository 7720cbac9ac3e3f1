package org.homeport.bridge.backup;

import java.io.UncheckedIOException;
import java.util.Optional;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteFull;
import org.homeport.bridge.run.Run.Status;
import org.homeport.bridge.run.Verdict;

/** Knows how a run ends when a home or a remote fails it. */
public final class Verdicts {
  private Verdicts() {}

  /** Judges a failure; empty for what is a fault of Homeport itself. */
  public static Optional<Verdict> of(RuntimeException e) {
    if (e instanceof UncheckedIOException) {
      var why = "The home could not be read: " + e.getCause().getMessage();
      return Optional.of(new Verdict(Status.FAILED, why));
    }
    return e instanceof RemoteFailure
        ? Optional.of(new Verdict(status(e), e.getMessage()))
        : Optional.empty();
  }

  private static Status status(RuntimeException e) {
    if (e instanceof NeedsReconnect) {
      return Status.NEEDS_RECONNECT;
    }
    return e instanceof RemoteFull ? Status.REMOTE_FULL : Status.FAILED;
  }
}
