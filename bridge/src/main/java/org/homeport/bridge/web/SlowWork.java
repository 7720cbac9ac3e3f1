package org.homeport.bridge.web;

import io.javalin.http.Context;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers requests that take seconds on threads of their own: a course that stops its servers all
 * at once leaves the server's threads to those who just ask.
 */
public final class SlowWork implements AutoCloseable {
  private static final int AT_ONCE = 64;
  private static final long IDLE_SECONDS = 30;

  private final ExecutorService threads;

  public SlowWork() {
    var number = new AtomicInteger();
    var pool =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> new Thread(task, "slow-" + number.incrementAndGet()));
    pool.allowCoreThreadTimeOut(true);
    threads = pool;
  }

  /** Runs the rest of a request; an exception becomes its answer as always. */
  public void run(Context ctx, Runnable task) {
    var reference = References.of(ctx);
    ctx.future(() -> CompletableFuture.runAsync(() -> reference.during(task::run), threads));
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
