package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HomeLayoutTest {
  private final HomeLayout home = new HomeLayout(Path.of("/home/ada"));

  @Test
  void anEnvironmentIsAFolderOfTheHome() {
    assertThat(home.environment("python-3")).isEqualTo(Path.of("/home/ada/python-3"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "../bob", "/etc", "a/b", "a/.."})
  void anEnvironmentIsNothingButAFolderOfTheHome(String folder) {
    assertThatIllegalArgumentException().isThrownBy(() -> home.environment(folder));
  }
}
