package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartGateTest {
  private final StartGate gate = new StartGate(2);
  private final List<Integer> heard = new ArrayList<>();

  @Test
  void oneMoreThanThereArePlacesComesAtOnce() {
    for (var number = 0; number < 3; number++) {
      assertThat(gate.queue(heard::add).come()).isDone();
    }
    assertThat(heard).isEmpty();
    assertThat(gate.queue(heard::add).come()).isNotDone();
    assertThat(heard).containsExactly(0);
  }

  @Test
  void noMoreThanThereArePlacesComeOnceServersCompute() {
    var first = come();
    var second = come();
    first.computes();
    var third = gate.queue(before -> {});
    var fourth = gate.queue(before -> {});
    assertThat(third.come()).isNotDone();
    first.close();
    assertThat(third.come()).isDone();
    assertThat(fourth.come()).isNotDone();
    second.close(); // was quick
    assertThat(fourth.come()).isDone();
    assertThat(gate.queue(before -> {}).come()).isDone();
  }

  @Test
  void whoGaveItsPlaceUpSaysNothingOfTheOthers() {
    var slow = come();
    slow.computes();
    slow.close();
    come().close(); // was quick
    slow.computes();
    for (var number = 0; number < 3; number++) {
      assertThat(gate.queue(before -> {}).come()).isDone();
    }
    assertThat(gate.queue(before -> {}).come()).isNotDone();
  }

  @Test
  void theOthersComeInTheirOrderAndHearTheirPlace() {
    var first = come();
    var second = come();
    come();
    var fourth = gate.queue(before -> {});
    var fifth = gate.queue(heard::add);
    first.close();
    assertThat(fourth.come()).isDone();
    assertThat(fifth.come()).isNotDone();
    second.close();
    assertThat(fifth.come()).isDone();
    assertThat(heard).containsExactly(1, 0);
  }

  @Test
  void whoLeavesTheLineMakesNoRoomBehindTheGate() {
    come();
    come();
    come();
    var impatient = gate.queue(before -> {});
    var next = gate.queue(heard::add);
    impatient.close();
    assertThat(next.come()).isNotDone();
    assertThat(heard).containsExactly(1, 0);
  }

  @Test
  void leavingTwiceMakesRoomOnce() {
    var first = come();
    come();
    come();
    first.close();
    first.close();
    assertThat(gate.queue(before -> {}).come()).isDone();
    assertThat(gate.queue(before -> {}).come()).isNotDone();
  }

  @Test
  void whoWasInBeforeTakesAPlaceWithoutWaiting() {
    for (var number = 0; number < 3; number++) {
      assertThat(gate.enter().come()).isDone();
    }
    var last = gate.enter();
    assertThat(last.come()).isDone();
    var next = gate.queue(before -> {});
    last.close();
    assertThat(next.come()).isNotDone();
  }

  private StartGate.Turn come() {
    var turn = gate.queue(before -> {});
    assertThat(turn.come()).isDone();
    return turn;
  }
}
