package org.homeport.spawn.mount;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountTest {
  private static final Path DATA = Path.of("/srv/data");

  @ParameterizedTest
  @ValueSource(strings = {"", "data", "/srv/../etc", "/srv/./data"})
  void aMountHasPlainPathsOnBothSides(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mount(Path.of(path), DATA, true))
        .withMessageContaining("'" + path + "'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Mount(DATA, Path.of(path), true))
        .withMessageContaining("'" + path + "'");
  }
}
