package org.homeport.bridge.web;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Streams events as server-sent events. However many follow, it takes two threads: nobody waits,
 * neither for an event nor for a reader who does not read.
 */
public final class EventStreams implements AutoCloseable {
  private static final int THREADS = 2;

  /** So often a silent stream says that it is there. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  private final ScheduledThreadPoolExecutor threads;
  private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

  public EventStreams() {
    threads = new ScheduledThreadPoolExecutor(THREADS, task -> new Thread(task, "event-streams"));
    threads.setRemoveOnCancelPolicy(true);
    // Events that come after the end have nobody to go to.
    threads.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
  }

  /** Answers with the events after the header {@code Last-Event-ID}, up to the last one. */
  public void open(Context ctx, EventSource events) throws IOException {
    var response = ctx.res();
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    response.setHeader(Header.CACHE_CONTROL, "no-store");
    // Proxies of the nginx kind would otherwise hold the events back.
    response.setHeader(Header.X_ACCEL_BUFFERING, "no");
    var stream = new EventStream(events, lastSeen(ctx), response.getOutputStream());
    ctx.future(
        () -> {
          var news = events.subscribe(() -> threads.execute(stream::write));
          var pulse =
              threads.scheduleAtFixedRate(
                  stream::keepAlive,
                  KEEP_ALIVE.toMillis(),
                  KEEP_ALIVE.toMillis(),
                  TimeUnit.MILLISECONDS);
          open.add(stream);
          stream.begin();
          return stream
              .ended()
              .whenComplete(
                  (ended, error) -> {
                    open.remove(stream);
                    news.close();
                    pulse.cancel(false);
                  });
        });
  }

  private static long lastSeen(Context ctx) {
    var id = ctx.header("Last-Event-ID");
    return id != null && id.matches("\\d{1,18}") ? Long.parseLong(id) : 0;
  }

  /** Ends every stream; the readers come back with the id of the last event that they have. */
  @Override
  public void close() {
    open.forEach(EventStream::end);
    threads.shutdownNow();
  }
}
