package org.homeport.bridge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.Test;

/** Browsers on their way to the hub, and sessions: nobody ends those of others. */
class SignInTest {
  private static final Instant NOW = Instant.parse("2026-10-03T08:00:00Z");
  private static final String PAGE = "/services/homeport/users/ada/files?path=a b";

  private Instant now = NOW;
  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }
      };
  private final Secret browser = Sessions.random();
  private final Sessions sessions = new Sessions(clock);

  @Test
  void aWayLeadsItsOwnBrowserBackToThePage() {
    var ways = new Ways(clock, "/");
    var state = ways.depart(browser, PAGE);
    assertThat(ways.arrive(browser, state)).contains(PAGE);
    assertThat(ways.arrive(Sessions.random(), state)).isEmpty();
  }

  @Test
  void aWayThatWasChangedLeadsNowhere() {
    var ways = new Ways(clock, "/");
    var state = ways.depart(browser, PAGE).value();
    for (var index = 0; index < state.length(); index++) {
      var other = state.charAt(index) == 'A' ? 'B' : 'A';
      var changed = state.substring(0, index) + other + state.substring(index + 1);
      assertThat(ways.arrive(browser, new Secret(changed))).as(changed).isEmpty();
    }
    for (var text : new String[] {".", "x", "x.y", "..", state + "x"}) {
      assertThat(ways.arrive(browser, new Secret(text))).as(text).isEmpty();
    }
    assertThat(new Ways(clock, "/").arrive(browser, new Secret(state))).isEmpty();
  }

  @Test
  void aWayEndsAfterAWhile() {
    var ways = new Ways(clock, "/");
    var state = ways.depart(browser, PAGE);
    now = NOW.plus(Ways.LIFE);
    assertThat(ways.arrive(browser, state)).isEmpty();
  }

  @Test
  void anAddressThatIsTooLongLeadsToTheHomePage() {
    var ways = new Ways(clock, "/home");
    assertThat(ways.arrive(browser, ways.depart(browser, "/" + "x".repeat(5000))))
        .contains("/home");
  }

  @Test
  void aUserWithManySessionsEndsNobodyElses() {
    var ada = sessions.begin(session("ada"));
    var first = sessions.begin(session("eve"));
    for (var number = 0; number < 20_000; number++) {
      sessions.begin(session("eve"));
    }
    assertThat(sessions.find(ada)).isPresent();
    assertThat(sessions.find(first)).isEmpty();
  }

  private static Session session(String user) {
    var secret = new Secret("secret");
    return new Session(HubUser.of(user), false, secret, "", secret, secret, NOW, NOW);
  }
}
