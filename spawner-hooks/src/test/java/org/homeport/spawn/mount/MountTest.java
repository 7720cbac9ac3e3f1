package org.homeport.spawn.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.homeport.spawn.files.RawPath;
import org.junit.jupiter.api.Test;
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

  @Test
  void aFolderOfTheHostIsWrittenAsItsPath() throws JsonProcessingException {
    assertThat(new ObjectMapper().writeValueAsString(new Mount(DATA, DATA, true)))
        .contains("/srv/data\",\"target\":");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "homes/ada"})
  void aVolumeHasAName(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MountSource.Volume(name, RawPath.TOP))
        .withMessageContaining("'" + name + "'");
  }
}
