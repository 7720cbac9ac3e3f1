package org.homeport.bridge.api;

import java.util.List;
import org.homeport.bridge.server.ServerEvents;
import org.homeport.bridge.web.EventSource;

/** The events of a start, as they are sent. */
record ServerEventSource(ServerEvents events) implements EventSource {
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
}
