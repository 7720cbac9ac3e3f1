package org.homeport.bridge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.homeport.bridge.backup.HomeStates.HomeState;
import org.homeport.bridge.home.HomeSize;
import org.homeport.bridge.pages.HomesQuery.Home;
import org.homeport.bridge.pages.HomesQuery.Order;
import org.homeport.bridge.pages.HomesQuery.Show;
import org.homeport.bridge.run.Run;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.Test;

class HomesQueryTest {
  private static final Instant NOW = Instant.parse("2026-10-03T08:00:00Z");
  private static final HomesQuery ALL = new HomesQuery("", Show.ALL, Order.USER, false, 2, 1);
  private static final List<Home> HOMES =
      List.of(home("ada", 1, 0, 300), home("bob", 3, 2, 100), home("cem", -1, 1, 0));

  @Test
  void aHomeIsLateAfterSoManyDaysWithoutABackup() {
    assertThat(names(new HomesQuery("", Show.LATE, Order.USER, false, 2, 1)))
        .containsExactly("bob", "cem");
    assertThat(names(new HomesQuery("", Show.LATE, Order.USER, false, 3, 1)))
        .containsExactly("cem");
    assertThat(names(new HomesQuery("", Show.NEVER, Order.USER, false, 2, 1)))
        .containsExactly("cem");
  }

  @Test
  void homesAreFoundByAPartOfTheNameOrByFailures() {
    assertThat(names(new HomesQuery("B", Show.ALL, Order.USER, false, 2, 1)))
        .containsExactly("bob");
    assertThat(names(new HomesQuery("", Show.FAILED, Order.USER, false, 2, 1)))
        .containsExactly("bob", "cem");
  }

  @Test
  void aSecondClickOnAColumnTurnsItRound() {
    assertThat(names(ALL.sortedBy(Order.SAVED))).containsExactly("cem", "bob", "ada");
    assertThat(names(ALL.sortedBy(Order.SIZE))).containsExactly("ada", "bob", "cem");
    assertThat(names(ALL.sortedBy(Order.SIZE).sortedBy(Order.SIZE)))
        .containsExactly("cem", "bob", "ada");
    assertThat(names(ALL.sortedBy(Order.FAILURES))).containsExactly("bob", "cem", "ada");
  }

  @Test
  void thereAreFiftyOnAPage() {
    var many = IntStream.range(0, 120).mapToObj(i -> home("u" + (1000 + i), 0, 0, 1)).toList();
    assertThat(ALL.of(many, NOW).rows()).hasSize(50);
    var last = ALL.at(99).of(many, NOW);
    assertThat(last.rows()).hasSize(20);
    assertThat(last.number()).isEqualTo(last.count()).isEqualTo(3);
    assertThat(last.bytes()).isEqualTo(120);
    assertThat(ALL.of(List.of(), NOW).count()).isEqualTo(1);
  }

  private static List<String> names(HomesQuery query) {
    return query.of(HOMES, NOW).rows().stream().map(home -> home.state().user().name()).toList();
  }

  /** A home that was saved so many days ago; never, if that is negative. */
  private static Home home(String user, int days, int failures, long bytes) {
    var saved =
        days < 0 ? Optional.<Instant>empty() : Optional.of(NOW.minus(Duration.ofDays(days)));
    var status = saved.map(when -> Run.Status.DONE);
    var state = new HomeState(HubUser.of(user), status, saved, failures, 1, 7, 0, "");
    return new Home(state, Optional.of(new HomeSize(bytes, 1, true, NOW)));
  }
}
