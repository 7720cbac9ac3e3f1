package org.homeport.bridge.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Lets a few starts in at a time, in the order in which they came.
 *
 * <p>A server's start is bound by the processor: when everybody starts at once, everybody waits for
 * the last one.
 */
final class StartGate {
  private final Queue<Turn> waiting = new ArrayDeque<>();
  private int free;

  StartGate(int places) {
    this.free = places;
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

  private synchronized void leave(Turn turn) {
    if (turn.left) {
      return;
    }
    turn.left = true;
    if (!waiting.remove(turn)) {
      free++;
    }
    advance();
  }

  private void advance() {
    while (free > 0 && !waiting.isEmpty()) {
      free--;
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
    private boolean left;

    private Turn(IntConsumer before) {
      this.before = before;
    }

    /** Completes when it is this one's turn. */
    CompletableFuture<Void> come() {
      return come;
    }

    /** Makes room for the next one; repeatable. */
    @Override
    public void close() {
      leave(this);
    }
  }
}
