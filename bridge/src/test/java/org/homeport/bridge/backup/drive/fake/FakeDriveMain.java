package org.homeport.bridge.backup.drive.fake;

import java.time.Duration;
import java.util.Arrays;
import org.homeport.bridge.backup.drive.WaitingClock;

/**
 * Runs the fake Drive until it is stopped: {@code FakeDriveMain PORT [--limits] [--latencies]
 * [--account=EMAIL]… [--redirect=URI]…}. Prints its URL when it listens.
 */
public final class FakeDriveMain {
  private FakeDriveMain() {}

  public static void main(String[] args) throws InterruptedException {
    var options = Arrays.asList(args);
    try (var drive = FakeDrive.start(WaitingClock.system(), Integer.parseInt(args[0]))) {
      if (options.contains("--limits")) {
        drive.limits().writes(3, 10);
      }
      if (options.contains("--latencies")) {
        drive.latency(Kind.LIST, Duration.ofMillis(150));
        drive.latency(Kind.CREATE, Duration.ofMillis(300));
        drive.latency(Kind.SESSION_START, Duration.ofMillis(300));
      }
      drive.register(values(options, "--redirect="));
      for (var email : values(options, "--account=")) {
        drive.account(email);
      }
      System.out.println(drive.url());
      Thread.currentThread().join();
    }
  }

  private static String[] values(Iterable<String> options, String name) {
    return java.util.stream.StreamSupport.stream(options.spliterator(), false)
        .filter(option -> option.startsWith(name))
        .map(option -> option.substring(name.length()))
        .toArray(String[]::new);
  }
}
