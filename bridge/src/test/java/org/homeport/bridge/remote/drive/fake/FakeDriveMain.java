package org.homeport.bridge.remote.drive.fake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.homeport.bridge.remote.drive.WaitingClock;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the fake Drive until it is stopped, for demonstrations and benchmarks. */
@Command(name = "fake-drive", mixinStandardHelpOptions = true)
public final class FakeDriveMain implements Runnable {
  @Option(names = "--port", description = "where to listen on 127.0.0.1; any free one if not given")
  int port;

  @Option(names = "--limits", description = "3 writes a second to an account, after a burst of 10")
  boolean limits;

  @Option(names = "--project-limit", description = "12,000 queries a minute for all accounts")
  boolean projectLimit;

  @Option(names = "--latencies", description = "150 ms for a list, 300 ms for a create")
  boolean latencies;

  @Option(names = "--account", description = "an account that exists")
  List<String> accounts = List.of();

  @Option(names = "--redirect", description = "an address to which users may be sent back")
  List<String> redirects = List.of();

  @Option(names = "--tls", description = "a key store without password; listens with TLS as well")
  Path keyStore;

  public static void main(String[] args) {
    System.exit(new CommandLine(new FakeDriveMain()).execute(args));
  }

  /** Prints its addresses when it listens: the plain one, and the one with TLS. */
  @Override
  public void run() {
    var drive = FakeDrive.start(WaitingClock.system(), port);
    // A signal stops it.
    Runtime.getRuntime().addShutdownHook(new Thread(drive::close));
    try {
      if (limits) {
        drive.limits().writes(3, 10);
      }
      if (projectLimit) {
        drive.limits().queriesPerMinute(12_000);
      }
      if (latencies) {
        drive.latency(Kind.LIST, Duration.ofMillis(150));
        drive.latency(Kind.CREATE, Duration.ofMillis(300));
        drive.latency(Kind.SESSION_START, Duration.ofMillis(300));
      }
      drive.register(redirects.toArray(String[]::new));
      accounts.forEach(drive::account);
      System.out.println(drive.url());
      if (keyStore != null) {
        System.out.println("https://127.0.0.1:" + drive.listenWithTls(keyStore));
      }
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
