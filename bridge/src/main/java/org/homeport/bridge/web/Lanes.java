package org.homeport.bridge.web;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.homeport.bridge.log.Reference;

/**
 * Keeps threads free for the question whether the bridge is alive. Other requests wait in a line
 * that takes no threads while all of their own threads are busy, and are refused when the line is
 * long.
 */
final class Lanes extends Handler.Wrapper {
  private final String alwaysAnswered;
  private final Semaphore free;
  private final int longest;
  private final Queue<Waiting> line = new ConcurrentLinkedQueue<>();
  private final AtomicInteger length = new AtomicInteger();

  /** A request that waits for a thread. */
  private record Waiting(Request request, Response response, Callback callback) {}

  /**
   * @param alwaysAnswered the path that waits for nobody
   * @param atOnce how many other requests are worked on at the same time
   * @param longest how many may wait
   */
  Lanes(String alwaysAnswered, int atOnce, int longest) {
    this.alwaysAnswered = alwaysAnswered;
    this.free = new Semaphore(atOnce);
    this.longest = longest;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (Request.getPathInContext(request).equals(alwaysAnswered)) {
      return super.handle(request, response, callback);
    }
    var asked = new Waiting(request, response, callback);
    if (free.tryAcquire()) {
      answer(asked);
    } else if (length.incrementAndGet() > longest) {
      length.decrementAndGet();
      refuse(response, callback);
    } else {
      line.add(asked);
      next();
    }
    return true;
  }

  private static void refuse(Response response, Callback callback) {
    var refused =
        new Refused(
            503, "too-busy", "Homeport is asked too much at the moment.", "Try again in a moment.");
    response.setStatus(503);
    response.getHeaders().put("Retry-After", "5");
    response.getHeaders().put("Content-Type", Problem.CONTENT_TYPE);
    var problem = Json.write(Problem.of(refused, Reference.next()));
    response.write(true, ByteBuffer.wrap(problem), callback);
  }

  /** Answers on this thread, and gives its place to the next in line. */
  private void answer(Waiting asked) {
    try {
      if (!super.handle(asked.request, asked.response, asked.callback)) {
        Response.writeError(asked.request, asked.response, asked.callback, 404);
      }
    } catch (Throwable e) {
      Response.writeError(asked.request, asked.response, asked.callback, e);
    } finally {
      free.release();
      next();
    }
  }

  private void next() {
    while (!line.isEmpty() && free.tryAcquire()) {
      var asked = line.poll();
      if (asked == null) {
        free.release();
      } else {
        length.decrementAndGet();
        getServer().getThreadPool().execute(() -> answer(asked));
      }
    }
  }
}
