package org.homeport.bridge.api;

import java.util.List;
import org.homeport.bridge.run.RunEvents;
import org.homeport.bridge.web.EventSource;

/** The progress of a run, as it is sent: {@code progress} and, once it is over, {@code ended}. */
record RunEventSource(RunEvents events) implements EventSource {
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
}
