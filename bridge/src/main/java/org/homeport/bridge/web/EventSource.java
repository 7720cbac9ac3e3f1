package org.homeport.bridge.web;

import java.util.List;

/** A source of server-sent events: numbered ones, of which one is the last. */
public interface EventSource {

  /** One event as it is sent. */
  record Event(long id, String type, Object data) {}

  /** Ends when it is closed; never throws. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Returns the events after the given one that exist already, oldest first. */
  List<Event> after(long seen);

  /** Tells whether no event can follow for a reader who saw that event last. */
  boolean isOverAfter(long seen);

  /** Calls the reader after each event; the reader must return at once. */
  Subscription subscribe(Runnable reader);
}
