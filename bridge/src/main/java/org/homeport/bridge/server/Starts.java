package org.homeport.bridge.server;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeport.bridge.log.Reference;
import org.homeport.bridge.server.Server.State;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last start of each server in this run of the bridge, and the work of those under way. */
final class Starts {
  private static final Logger log = LoggerFactory.getLogger(Starts.class);

  private final ServerTable table;
  private final ServerLocks locks;
  private final Executor threads;
  private final Clock clock;
  private final Map<String, Start> starts = new ConcurrentHashMap<>();
  private volatile boolean closing;

  Starts(ServerTable table, ServerLocks locks, Executor threads, Clock clock) {
    this.table = table;
    this.locks = locks;
    this.threads = threads;
    this.clock = clock;
  }

  /** The work of a start; returns the running server. */
  interface Work {
    Server run() throws Exception;
  }

  Optional<Start> last(String id) {
    return Optional.ofNullable(starts.get(id));
  }

  /** The server as its start sees it, while there is one under way. */
  Optional<Server> underWay(String id) {
    return last(id).filter(Start::isUnderWay).map(Start::server);
  }

  Set<String> idsUnderWay() {
    return underWay().map(start -> start.server().id()).collect(Collectors.toSet());
  }

  /** All starts under way, in no order. */
  Stream<Start> underWay() {
    return starts.values().stream().filter(Start::isUnderWay);
  }

  /** Begins a start, in the place of any other one; or joins the one that does the same already. */
  Start beginOrJoin(Start fresh, Work work) {
    return begin(
        fresh,
        work,
        (current, ours) -> {
          if (current.serves(ours.fingerprint())) {
            return current;
          }
          current.cancel();
          return ours;
        });
  }

  /** Begins a start unless another one is under way. */
  void beginIfNone(Start fresh, Work work) {
    begin(fresh, work, (current, ours) -> current.isUnderWay() ? current : ours);
  }

  void cancel(String id) {
    last(id).ifPresent(Start::cancel);
  }

  void forget(String id) {
    starts.computeIfPresent(id, (key, start) -> start.isUnderWay() ? start : null);
  }

  /** Gives all work up where it is; the next bridge goes on with it. */
  void close() {
    closing = true;
    underWay().forEach(start -> excuse(start.server().id()));
    starts.values().forEach(Start::cancel);
  }

  private void excuse(String id) {
    try {
      table.excuse(id);
    } catch (RuntimeException e) {
      log.warn("server={} counts as interrupted by itself", id, e);
    }
  }

  private Start begin(Start fresh, Work work, BinaryOperator<Start> choice) {
    var id = fresh.server().id();
    var chosen = starts.merge(id, fresh, choice);
    if (chosen == fresh) {
      threads.execute(() -> locks.alone(id, () -> runMarked(fresh, work)));
    }
    return chosen;
  }

  private void runMarked(Start start, Work work) {
    var began = System.nanoTime();
    new Reference(start.server().reference())
        .during(
            () -> {
              try {
                run(start, work);
              } finally {
                start.end();
                SpawnMetrics.spawned(start.server().state(), (System.nanoTime() - began) / 1e9);
              }
            });
  }

  private void run(Start start, Work work) {
    var began = System.nanoTime();
    var id = start.server().id();
    try {
      start.checkWanted();
      log.info("server={} starts with image={}", id, start.server().image());
      table.save(start.server());
      var server = work.run();
      table.save(server);
      start.became(server);
      start.events().ready(server.address().orElseThrow());
      log.info("server={} answers after {} ms", id, (System.nanoTime() - began) / 1_000_000);
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      if (!closing) {
        end(start, e);
      }
    }
  }

  private void end(Start start, Throwable cause) {
    var server = start.server();
    if (start.isCancelled()) { // whatever it threw: its container may have been stopped already
      end(start, server.as(State.STOPPED, clock.instant()));
    } else if (cause instanceof StartFailed e) {
      log.warn("server={} failed: {}", server.id(), e.summary());
      end(start, server.failed(e.failure(), e.exitCode(), clock.instant()));
    } else {
      log(server, cause);
      var failure = Failures.of(server).of(cause);
      end(start, server.failed(failure, OptionalInt.empty(), clock.instant()));
    }
  }

  private static void log(Server server, Throwable cause) {
    if (cause instanceof SpawnRefused refusal) {
      log.warn("server={} is refused: {}", server.id(), refusal.getMessage());
    } else {
      log.warn("server={} failed", server.id(), cause);
    }
  }

  private void end(Start start, Server ended) {
    start.became(ended);
    start.events().failed(ended.failure().orElseGet(() -> Failures.of(ended).cancelled()));
    try {
      table.save(ended);
    } catch (RuntimeException e) {
      log.error("server={} ended, which cannot be remembered", ended.id(), e);
    }
  }
}
