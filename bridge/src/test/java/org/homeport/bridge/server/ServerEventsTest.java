package org.homeport.bridge.server;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.homeport.bridge.server.ServerEvent.Type;
import org.homeport.spawn.progress.Progress.Phase;
import org.junit.jupiter.api.Test;

class ServerEventsTest {
  private static final Duration AT_ONCE = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Server.Address ADDRESS = new Server.Address("172.20.0.2", 8888);

  private final ServerEvents events = new ServerEvents();

  @Test
  void aReaderWhoComesBackGoesOnWhereItLeft() throws InterruptedException {
    events.report(Phase.CHECKING, 0, 1, "one");
    events.report(Phase.CREATING, 0, 1, "two");
    events.warn("three");
    assertThat(messages(0)).containsExactly("one", "two", "three");
    assertThat(messages(1)).containsExactly("two", "three");
    assertThat(messages(3)).isEmpty();
  }

  @Test
  void anIdFromAnotherRunOfTheBridgeShowsEverything() throws InterruptedException {
    events.report(Phase.CHECKING, 0, 1, "one");
    assertThat(messages(4711)).containsExactly("one");
  }

  @Test
  void aLaterStartIsNumberedOn() throws InterruptedException {
    events.warn("first start");
    var later = new ServerEvents(events.lastId());
    later.warn("second start");
    assertThat(later.after(events.lastId(), AT_ONCE))
        .extracting(ServerEvent::message)
        .containsExactly("second start");
  }

  @Test
  void everyReaderWaitsForTheNextEvent() throws Exception {
    var one = CompletableFuture.supplyAsync(() -> waited(LONG));
    var other = CompletableFuture.supplyAsync(() -> waited(LONG));
    events.warn("now");
    assertThat(one.get(20, SECONDS)).hasSize(1);
    assertThat(other.get(20, SECONDS)).hasSize(1);
  }

  @Test
  void nothingNewIsAnEmptyAnswer() {
    assertThat(waited(Duration.ofMillis(10))).isEmpty();
  }

  @Test
  void aThousandFilesMakeOneEventForEachPercentOfTheBar() throws InterruptedException {
    for (var file = 1; file <= 1000; file++) {
      events.report(Phase.SEEDING, file, 1000, file + " of 1,000");
    }
    var seen = events.after(0, AT_ONCE);
    assertThat(seen)
        .extracting(ServerEvent::percent)
        .containsExactlyElementsOf(IntStream.rangeClosed(40, 90).boxed().toList());
  }

  @Test
  void theDocumentedExampleIsAtItsPercent() throws InterruptedException {
    events.report(Phase.SEEDING, 120, 1000, "120 of 1,000");
    assertThat(events.after(0, AT_ONCE).get(0).percent()).isEqualTo(46);
  }

  @Test
  void theBarNeverGoesBack() throws InterruptedException {
    events.report(Phase.PULLING, 1, 1, "pulled");
    events.report(Phase.QUEUED, 0, 0, "2 before you");
    events.report(Phase.QUEUED, 0, 0, "1 before you");
    assertThat(events.after(0, AT_ONCE))
        .extracting(ServerEvent::percent)
        .containsExactly(40, 40, 40);
  }

  @Test
  void theEndIsTheLastThingAndStays() throws InterruptedException {
    events.report(Phase.CREATING, 0, 1, "making");
    events.warn("no data");
    events.report(Phase.WAITING, 0, 1, "waiting");
    events.ready(ADDRESS);
    events.report(Phase.SEEDING, 1, 2, "late");
    events.warn("late");
    var seen = events.after(0, AT_ONCE);
    var last = seen.get(seen.size() - 1);
    assertThat(last.type()).isEqualTo(Type.READY);
    assertThat(last.percent()).isEqualTo(100);
    assertThat(last.address()).contains(ADDRESS);
    assertThat(seen).extracting(ServerEvent::message).contains("no data");
    assertThat(events.after(last.id(), LONG)).isEmpty();
  }

  @Test
  void onlyTheLatestAreKept() throws InterruptedException {
    for (var n = 0; n < 1000; n++) {
      events.warn("warning " + n);
    }
    assertThat(messages(0)).hasSize(256).endsWith("warning 999");
  }

  private List<String> messages(long after) throws InterruptedException {
    return events.after(after, AT_ONCE).stream().map(ServerEvent::message).toList();
  }

  private List<ServerEvent> waited(Duration atMost) {
    try {
      return events.after(0, atMost);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
