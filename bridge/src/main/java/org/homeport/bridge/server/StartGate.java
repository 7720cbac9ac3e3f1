package org.homeport.bridge.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Lets a few starts in at a time, in the order in which they came.
 *
 * <p>A server that comes up computes: when everybody starts at once, everybody waits for the last
 * one. But the engine, while it makes containers, waits for much else than the processor: so one
 * more comes in as long as the servers are quick to come up.
 */
final class StartGate {
  private final Queue<Turn> waiting = new ArrayDeque<>();
  private final int places;
  private int inside;

  /** The latest news of a start: whether servers need the processor to come up. */
  private boolean computing;

  /**
   * @param places how many are inside when they compute
   */
  StartGate(int places) {
    this.places = places;
  }

  /**
   * Gets in line, and in when a place is free.
   *
   * @param before hears how many are before this one, now and at every change; must return at once
   */
  synchronized Turn queue(IntConsumer before) {
    var turn = new Turn(before);
    waiting.add(turn);
    advance();
    return turn;
  }

  /** Comes in past the line, as one who was in before the bridge was restarted. */
  synchronized Turn enter() {
    var turn = new Turn(before -> {});
    inside++;
    turn.come.complete(null);
    return turn;
  }

  private synchronized void leave(Turn turn) {
    if (turn.left) {
      return;
    }
    turn.left = true;
    if (!waiting.remove(turn)) {
      inside--;
      computing = turn.computes;
    }
    advance();
  }

  private synchronized void computes(Turn turn) {
    if (!turn.left) {
      turn.computes = true;
      computing = true;
    }
  }

  private void advance() {
    while (!waiting.isEmpty() && inside < places + (computing ? 0 : 1)) {
      inside++;
      waiting.remove().come.complete(null);
    }
    var before = 0;
    for (var turn : waiting) {
      turn.before.accept(before++);
    }
    SpawnMetrics.waiting(before);
  }

  /** A place in the line, then one behind the gate. */
  final class Turn implements AutoCloseable {
    private final CompletableFuture<Void> come = new CompletableFuture<>();
    private final IntConsumer before;
    private boolean computes;
    private boolean left;

    private Turn(IntConsumer before) {
      this.before = before;
    }

    /** Completes when it is this one's turn. */
    CompletableFuture<Void> come() {
      return come;
    }

    /** Says that this one, which came in, is bound by the processor from now on; repeatable. */
    void computes() {
      StartGate.this.computes(this);
    }

    /** Makes room for the next one; repeatable. */
    @Override
    public void close() {
      leave(this);
    }
  }
}
