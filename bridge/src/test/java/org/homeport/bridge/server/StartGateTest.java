package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartGateTest {
  private final StartGate gate = new StartGate(2);
  private final List<Integer> heard = new ArrayList<>();

  @Test
  void asManyAsThereArePlacesComeAtOnce() {
    assertThat(gate.queue(heard::add).come()).isDone();
    assertThat(gate.queue(heard::add).come()).isDone();
    assertThat(heard).isEmpty();
    assertThat(gate.queue(heard::add).come()).isNotDone();
    assertThat(heard).containsExactly(0);
  }

  @Test
  void theOthersComeInTheirOrderAndHearTheirPlace() {
    var first = gate.queue(before -> {});
    var second = gate.queue(before -> {});
    var third = gate.queue(before -> {});
    var fourth = gate.queue(heard::add);
    first.close();
    assertThat(third.come()).isDone();
    assertThat(fourth.come()).isNotDone();
    second.close();
    assertThat(fourth.come()).isDone();
    assertThat(heard).containsExactly(1, 0);
  }

  @Test
  void whoLeavesTheLineMakesNoRoomBehindTheGate() {
    gate.queue(before -> {});
    gate.queue(before -> {});
    var impatient = gate.queue(before -> {});
    var next = gate.queue(heard::add);
    impatient.close();
    assertThat(next.come()).isNotDone();
    assertThat(heard).containsExactly(1, 0);
  }

  @Test
  void leavingTwiceMakesRoomOnce() {
    var first = gate.queue(before -> {});
    gate.queue(before -> {});
    first.close();
    first.close();
    assertThat(gate.queue(before -> {}).come()).isDone();
    assertThat(gate.queue(before -> {}).come()).isNotDone();
  }
}
