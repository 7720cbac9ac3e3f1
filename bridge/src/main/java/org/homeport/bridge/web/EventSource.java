package org.homeport.bridge.web;

import java.util.List;
import org.homeport.bridge.run.RunEvents;
import org.homeport.bridge.server.ServerEvents;

/** Where server-sent events come from: numbered ones, of which one is the last. */
public interface EventSource {

  /** One event as it is sent. */
  record Event(long id, String type, Object data) {}

  /** Ends when it is closed; never throws. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** The events after the given one that are there already, oldest first. */
  List<Event> after(long seen);

  /** Whether nothing can come any more for a reader who saw that event last. */
  boolean isOverAfter(long seen);

  /** Calls the reader after each event, which must return at once. */
  Subscription subscribe(Runnable reader);

  /** The events of a start. */
  static EventSource of(ServerEvents events) {
    return new EventSource() {
      @Override
      public List<Event> after(long seen) {
        return events.after(seen).stream()
            .map(event -> new Event(event.id(), event.type().toString(), event))
            .toList();
      }

      @Override
      public boolean isOverAfter(long seen) {
        return events.isOverAfter(seen);
      }

      @Override
      public Subscription subscribe(Runnable reader) {
        return events.subscribe(reader)::close;
      }
    };
  }

  /** The progress of a run: {@code progress} and, once it is over, {@code ended}. */
  static EventSource of(RunEvents events) {
    return new EventSource() {
      @Override
      public List<Event> after(long seen) {
        return events.after(seen).stream()
            .map(e -> new Event(e.id(), e.run().isRunning() ? "progress" : "ended", e.run()))
            .toList();
      }

      @Override
      public boolean isOverAfter(long seen) {
        return events.isOverAfter(seen);
      }

      @Override
      public Subscription subscribe(Runnable reader) {
        return events.subscribe(reader)::close;
      }
    };
  }
}
