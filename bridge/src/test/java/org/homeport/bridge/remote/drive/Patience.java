package org.homeport.bridge.remote.drive;

import java.util.function.Supplier;
import org.homeport.bridge.remote.RemoteUnavailable;

/** Makes a call again while trying again may help, as whoever uses a remote does. */
final class Patience {
  private static final int MOST = 50;

  private Patience() {}

  static <T> T insist(Supplier<T> call) {
    for (var tries = 1; ; tries++) {
      try {
        return call.get();
      } catch (RemoteUnavailable e) {
        if (tries == MOST) {
          throw e;
        }
      }
    }
  }

  static void insist(Runnable call) {
    insist(
        () -> {
          call.run();
          return null;
        });
  }
}
