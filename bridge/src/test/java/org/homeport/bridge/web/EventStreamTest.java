package org.homeport.bridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {

  /** A connection that takes everything. */
  private static final class Connection extends ServletOutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int octet) {
      taken.write(octet);
    }
  }

  /** One event, which is the last one. */
  private static final EventSource OVER =
      new EventSource() {
        @Override
        public List<Event> after(long seen) {
          return seen == 1 ? List.of() : List.of(new Event(1, "ready", "answers"));
        }

        @Override
        public boolean isOverAfter(long seen) {
          return seen == 1;
        }

        @Override
        public Subscription subscribe(Runnable reader) {
          return () -> {};
        }
      };

  private final Connection connection = new Connection();
  private final EventStream stream = new EventStream(OVER, 0, connection);

  @Test
  void anEventThatComesBeforeTheConnectionIsOpenWaitsForIt() {
    stream.begin();
    stream.write();
    stream.keepAlive();
    assertThat(connection.taken.size()).isZero();
    stream.onWritePossible();
    assertThat(connection.taken).hasToString("id: 1\nevent: ready\ndata: \"answers\"\n\n");
    assertThat(stream.ended()).isDone();
  }
}
