package org.homeport.bridge.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.homeport.spawn.progress.Progress;

/**
 * The events of one start, for any number of readers, each of which may leave and come back.
 *
 * <p>Keeps the last {@value #KEPT} events. Progress that would not move the bar is not kept, so a
 * thousand seeded files make some fifty events.
 */
public final class ServerEvents implements Progress {
  private static final int KEPT = 256;

  private final List<ServerEvent> events = new ArrayList<>();
  private final List<Runnable> readers = new CopyOnWriteArrayList<>();
  private long lastId;
  private boolean ended;
  private long phaseBegan = System.nanoTime();

  /** The events of a server's first start. */
  ServerEvents() {
    this(0);
  }

  /** Numbered on from an earlier start, so that a reader who saw that one misses nothing here. */
  ServerEvents(long lastId) {
    this.lastId = lastId;
  }

  /** The one event for a reader who comes after the start of a server is over. */
  static ServerEvents endedAs(Server server) {
    var events = new ServerEvents();
    if (server.address().isPresent()) {
      events.ready(server.address().get());
    } else {
      events.failed(server.failure().orElseGet(() -> Failures.of(server).stopped()));
    }
    return events;
  }

  /**
   * The events after the given one, oldest first. Waits for the next one when there is none yet;
   * empty when the time is over, or when the start is over and the reader has seen its end.
   *
   * @param id of the last event that the reader saw; 0, or one that never was, for all
   */
  public synchronized List<ServerEvent> after(long id, Duration atMost)
      throws InterruptedException {
    var seen = id > lastId ? 0 : id;
    var until = System.nanoTime() + atMost.toNanos();
    while (seen == lastId && !ended) {
      var left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        return List.of();
      }
      wait(left);
    }
    return events.stream().filter(event -> event.id() > seen).toList();
  }

  /** The events after the given one that are there already, oldest first. */
  public synchronized List<ServerEvent> after(long id) {
    var seen = id > lastId ? 0 : id;
    return events.stream().filter(event -> event.id() > seen).toList();
  }

  /** Tells whether nothing more can come for a reader who saw that event last. */
  public synchronized boolean isOverAfter(long id) {
    return ended && id == lastId;
  }

  /**
   * Calls the reader after each event, on the thread that the event comes from, until the
   * subscription is closed. The reader must return at once, and not ask for events on that thread.
   */
  public Subscription subscribe(Runnable reader) {
    readers.add(reader);
    return () -> readers.remove(reader);
  }

  /** Ends when it is closed; never throws. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  @Override
  public synchronized void report(Phase phase, long done, long total, String message) {
    var percent = Math.max(percentSoFar(), StartBar.percent(phase, done, total));
    var last = last();
    var moves =
        last.isEmpty()
            || last.get().phase() != phase
            || last.get().percent() != percent
            || total == 0 && !last.get().message().equals(message);
    if (moves) {
      add(
          ServerEvent.Type.PROGRESS,
          phase,
          done,
          total,
          percent,
          message,
          Optional.empty(),
          Optional.empty());
    }
  }

  synchronized void warn(String message) {
    var phase = last().map(ServerEvent::phase).orElse(Phase.CHECKING);
    add(
        ServerEvent.Type.WARNING,
        phase,
        0,
        0,
        percentSoFar(),
        message,
        Optional.empty(),
        Optional.empty());
  }

  synchronized void ready(Server.Address address) {
    add(
        ServerEvent.Type.READY,
        Phase.WAITING,
        1,
        1,
        100,
        "Your server answers.",
        Optional.empty(),
        Optional.of(address));
  }

  synchronized void failed(Failure failure) {
    var phase = last().map(ServerEvent::phase).orElse(Phase.CHECKING);
    add(
        ServerEvent.Type.FAILED,
        phase,
        0,
        0,
        percentSoFar(),
        failure.message(),
        Optional.of(failure),
        Optional.empty());
  }

  /** The latest event; empty before there was one. */
  synchronized Optional<ServerEvent> latest() {
    return last();
  }

  synchronized long lastId() {
    return lastId;
  }

  private void add(
      ServerEvent.Type type,
      Phase phase,
      long done,
      long total,
      int percent,
      String message,
      Optional<Failure> failure,
      Optional<Server.Address> address) {
    if (ended) {
      return; // a late report of a worker must not follow the end
    }
    last().filter(last -> type.isEnd() || last.phase() != phase).ifPresent(this::endPhase);
    events.add(
        new ServerEvent(++lastId, type, phase, done, total, percent, message, failure, address));
    if (events.size() > KEPT) {
      events.remove(0);
    }
    ended = type.isEnd();
    if (ended) { // who comes now wants to know how it ended
      events.removeIf(
          event -> event.type() == ServerEvent.Type.PROGRESS && event.id() < lastId - 1);
    }
    notifyAll();
    readers.forEach(Runnable::run);
  }

  private void endPhase(ServerEvent last) {
    var now = System.nanoTime();
    SpawnMetrics.passed(last.phase(), (now - phaseBegan) / 1e9);
    phaseBegan = now;
  }

  private Optional<ServerEvent> last() {
    return events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
  }

  private int percentSoFar() {
    return last().map(ServerEvent::percent).orElse(0);
  }
}
