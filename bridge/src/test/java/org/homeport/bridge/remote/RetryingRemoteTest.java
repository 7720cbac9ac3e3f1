package org.homeport.bridge.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.homeport.bridge.remote.RetryingRemote.Patience;
import org.junit.jupiter.api.Test;

class RetryingRemoteTest {
  private static final Patience SHORT = new Patience(3, Duration.ofMillis(1), Duration.ofMillis(2));
  private static final RemoteId ONE = new RemoteId("one");
  private static final RemoteId TWO = new RemoteId("two");
  private static final RemoteFailure LATER = new RemoteUnavailable("Come back later.", null);
  private static final RemoteFailure NEVER = new RemoteRejected("No.");

  private final List<List<RemoteId>> asked = new ArrayList<>();

  @Test
  void onlyWhatCouldNotBeTrashedIsTriedAgain() {
    var remote = trashing(Map.of(TWO, LATER), Map.of());
    assertThat(remote.trash(List.of(ONE, TWO))).isEmpty();
    assertThat(asked).containsExactly(List.of(ONE, TWO), List.of(TWO));
  }

  @Test
  void whatStaysUnavailableIsNamedInTheEnd() {
    var stubborn = Map.of(ONE, LATER);
    var remote = trashing(stubborn, stubborn, stubborn);
    assertThat(remote.trash(List.of(ONE, TWO))).isEqualTo(stubborn);
    assertThat(asked).hasSize(3);
  }

  @Test
  void aRejectedObjectIsNamedWithoutBeingTriedAgain() {
    var remote = trashing(Map.of(ONE, NEVER));
    assertThat(remote.trash(List.of(ONE, TWO))).isEqualTo(Map.of(ONE, NEVER));
    assertThat(asked).hasSize(1);
  }

  @Test
  void aPauseThatTheRemoteAsksForIsTold() {
    var pauses = new ArrayList<Duration>();
    var asked = new RemoteUnavailable("Later.", Duration.ofMillis(3), null);
    var remote = new RetryingRemote(failing(asked), SHORT, (pause, why) -> pauses.add(pause));
    assertThatThrownBy(remote::usage).isSameAs(asked);
    assertThat(pauses).hasSize(2);
  }

  @Test
  void aPauseOfHoursEndsTheCallAtOnce() {
    var asked = new RemoteUnavailable("Tomorrow.", Duration.ofHours(2), null);
    assertThatThrownBy(new RetryingRemote(failing(asked), SHORT)::usage).isSameAs(asked);
    assertThat(this.asked).hasSize(1);
  }

  private Remote failing(RemoteFailure failure) {
    return (Remote)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Remote.class},
            (proxy, method, arguments) -> {
              asked.add(List.of());
              throw failure;
            });
  }

  /** A remote that answers one call of trash after the other with these failures. */
  @SafeVarargs
  private Remote trashing(Map<RemoteId, RemoteFailure>... answers) {
    var remote =
        (Remote)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Remote.class},
                (proxy, method, arguments) -> {
                  @SuppressWarnings("unchecked")
                  var ids = (Collection<RemoteId>) arguments[0];
                  asked.add(List.copyOf(ids));
                  return answers[asked.size() - 1];
                });
    return new RetryingRemote(remote, SHORT);
  }
}
