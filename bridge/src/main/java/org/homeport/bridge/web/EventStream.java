package org.homeport.bridge.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * One reader of the events of one start or one run. Writes what the connection takes at once and
 * goes on when it takes more; the events themselves are the queue.
 */
final class EventStream implements WriteListener {
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final EventSource events;
  private final ServletOutputStream out;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private long seen;
  private boolean begun;
  private boolean commentIsDue = true; // at once, so that the reader has the headers
  private boolean flushIsDue;

  /**
   * @param seen the id of the last event that the reader has
   */
  EventStream(EventSource events, long seen, ServletOutputStream out) {
    this.events = events;
    this.seen = seen;
    this.out = out;
  }

  /** Completes when all is over and told, or the reader has gone. */
  CompletableFuture<Void> ended() {
    return ended;
  }

  void begin() {
    out.setWriteListener(this);
  }

  /** Ends the stream before its time. */
  void end() {
    ended.complete(null);
  }

  /** Shows a silent connection, and whoever is on the way, that it is in use. */
  synchronized void keepAlive() {
    commentIsDue = true;
    write();
  }

  @Override
  public synchronized void onWritePossible() {
    begun = true;
    write();
  }

  /** Tells everything that has not been told, once the connection is open for it. */
  synchronized void write() {
    try {
      while (begun && !ended.isDone() && out.isReady()) {
        if (flushIsDue) {
          flushIsDue = false;
          out.flush();
        } else if (!writeNext()) {
          return;
        }
      }
    } catch (IOException e) {
      onError(e);
    }
  }

  @Override
  public void onError(Throwable error) {
    end(); // the reader has gone, and may come back
  }

  private boolean writeNext() throws IOException {
    var next = events.after(seen);
    if (!next.isEmpty()) {
      out.write(text(next));
      seen = next.get(next.size() - 1).id();
      commentIsDue = false;
      flushIsDue = true;
    } else if (events.isOverAfter(seen)) {
      end();
    } else if (commentIsDue) {
      out.write(COMMENT);
      commentIsDue = false;
      flushIsDue = true;
    } else {
      return false;
    }
    return true;
  }

  private static byte[] text(Iterable<EventSource.Event> events) {
    var text = new ByteArrayOutputStream();
    for (var event : events) {
      text.writeBytes(
          "id: %d\nevent: %s\ndata: "
              .formatted(event.id(), event.type())
              .getBytes(StandardCharsets.US_ASCII));
      text.writeBytes(Json.write(event.data()));
      text.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
    }
    return text.toByteArray();
  }
}
