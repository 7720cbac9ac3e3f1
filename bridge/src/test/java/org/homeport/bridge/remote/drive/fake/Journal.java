package org.homeport.bridge.remote.drive.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A record of the calls to the fake Drive and of its answers. */
public final class Journal {
  /** One call; the status is 0 when the connection was reset. */
  public record Entry(Instant at, Kind kind, String account, int status) {
    public boolean refused() {
      return status == 403 || status == 429;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private long received;

  synchronized void add(Entry entry) {
    entries.add(entry);
  }

  synchronized void received(long bytes) {
    received += bytes;
  }

  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  public synchronized long count(Kind... kinds) {
    var wanted = List.of(kinds);
    return entries.stream().filter(entry -> wanted.contains(entry.kind())).count();
  }

  /** The queries of the Drive API, those refused too. */
  public synchronized long queries() {
    return entries.stream().filter(entry -> entry.kind().isQuery()).count();
  }

  public synchronized long refused() {
    return entries.stream().filter(Entry::refused).count();
  }

  /** The number of bytes of file contents that have arrived. */
  public synchronized long bytesReceived() {
    return received;
  }

  public synchronized void clear() {
    entries.clear();
    received = 0;
  }
}
