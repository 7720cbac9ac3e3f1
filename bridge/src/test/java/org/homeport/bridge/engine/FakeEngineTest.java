package org.homeport.bridge.engine;

import java.util.ArrayList;
import java.util.List;

class FakeEngineTest extends ContainerEngineContract {
  private final FakeEngine engine = new FakeEngine("fake");

  @Override
  protected ContainerEngine engine() {
    return engine;
  }

  @Override
  protected ContainerEngine neighbour() {
    return engine.beside("other");
  }

  @Override
  protected String network() {
    return "fake";
  }

  @Override
  protected String image() {
    return FakeImages.ID;
  }

  @Override
  protected List<String> sleeping() {
    return List.of("sleep");
  }

  @Override
  protected List<String> endingWith(int code) {
    return List.of("exit", String.valueOf(code));
  }

  @Override
  protected List<String> writing(String... lines) {
    var command = new ArrayList<>(List.of("echo"));
    command.addAll(List.of(lines));
    return command;
  }
}
