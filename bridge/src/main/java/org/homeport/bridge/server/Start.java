package org.homeport.bridge.server;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One start of a server: what it is at now, what happened in it, and whether it is still wanted.
 */
final class Start {
  private final String fingerprint;
  private final ServerEvents events;
  private final CompletableFuture<Void> cancelled = new CompletableFuture<>();
  private volatile Server server;
  private volatile boolean over;

  Start(Server server, String fingerprint, ServerEvents events) {
    this.server = server;
    this.fingerprint = fingerprint;
    this.events = events;
  }

  Server server() {
    return server;
  }

  ServerEvents events() {
    return events;
  }

  String fingerprint() {
    return fingerprint;
  }

  void became(Server now) {
    server = now;
  }

  boolean isUnderWay() {
    return !over;
  }

  /** Tells whether somebody who asks for the same can be told to wait for this one. */
  boolean serves(String request) {
    var ended = over || server.state().isAtRest();
    return !ended && !cancelled.isDone() && fingerprint.equals(request);
  }

  boolean isCancelled() {
    return cancelled.isDone();
  }

  /** Makes the start give up at its next step. */
  void cancel() {
    cancelled.complete(null);
  }

  void end() {
    over = true;
  }

  /**
   * Passes while the start is wanted.
   *
   * @throws CancellationException when it is not
   */
  void checkWanted() {
    if (cancelled.isDone()) {
      throw new CancellationException();
    }
  }

  /** Waits for something, as long as the start is wanted; cancels it afterwards. */
  <T> T await(CompletableFuture<T> future) {
    join(CompletableFuture.anyOf(future, cancelled));
    if (isCancelled()) {
      future.cancel(false);
    }
    checkWanted();
    return join(future);
  }

  /** The result of a future, or what it failed with. */
  static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Lets some time pass, as long as the start is wanted. */
  void pause(Duration time) {
    try {
      cancelled.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return;
    } catch (InterruptedException | ExecutionException e) {
      Thread.currentThread().interrupt();
    }
    throw new CancellationException();
  }
}
