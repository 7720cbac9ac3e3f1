package org.homeport.spawn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpellingTest {
  private enum Fruit {
    APPLE,
    BLOOD_ORANGE
  }

  @Test
  void aConstantIsSpelledInLowerCaseWithHyphens() {
    assertThat(Spelling.of(Fruit.BLOOD_ORANGE)).isEqualTo("blood-orange");
  }

  @Test
  void everySpellingIsReadBackAsItsConstant() {
    for (var unit : TimeUnit.values()) {
      assertThat(Spelling.read(TimeUnit.class, Spelling.of(unit))).isEqualTo(unit);
    }
  }

  @Test
  void anotherTextIsRefusedByName() {
    assertThat(Spelling.find(Fruit.class, "BLOOD-ORANGE")).isEmpty();
    assertThatThrownBy(() -> Spelling.read(Fruit.class, "plum"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'plum'");
  }
}
