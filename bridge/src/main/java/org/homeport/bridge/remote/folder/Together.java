package org.homeport.bridge.remote.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Lets one thread do what several ask for at the same time: while it is at it, the next ones
 * gather, and the first of them does the work of all.
 */
final class Together<T, R> {
  private final Consumer<List<Asked<T, R>>> work;
  private final Object turn = new Object();
  private List<Asked<T, R>> waiting = new ArrayList<>();

  /** What a thread waits for. */
  record Asked<T, R>(T item, CompletableFuture<R> answer) {}

  /**
   * @param work answers everything that it is given; what it throws is everybody's answer that has
   *     none yet
   */
  Together(Consumer<List<Asked<T, R>>> work) {
    this.work = work;
  }

  R serve(T item) {
    var mine = new Asked<T, R>(item, new CompletableFuture<>());
    synchronized (this) {
      waiting.add(mine);
    }
    synchronized (turn) {
      if (!mine.answer().isDone()) {
        answer(takeAll());
      }
    }
    try {
      return mine.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private synchronized List<Asked<T, R>> takeAll() {
    var all = waiting;
    waiting = new ArrayList<>();
    return all;
  }

  private void answer(List<Asked<T, R>> asked) {
    try {
      work.accept(asked);
    } catch (RuntimeException e) {
      asked.forEach(each -> each.answer().completeExceptionally(e));
    }
  }
}
