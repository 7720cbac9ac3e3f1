package org.homeport.spawn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerivedNameTest {
  @Test
  void aNameWithRoomIsKept() {
    assertThat(DerivedName.of(".~", RawPath.of("plot.py"), "")).isEqualTo(RawPath.of(".~plot.py"));
    assertThat(DerivedName.beside(RawPath.of("a"), ".new-2").limit(3))
        .containsExactly(RawPath.of("a.new-2"), RawPath.of("a.new-2-2"), RawPath.of("a.new-2-3"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 200, 248, 253, 254, 255})
  void everyNameThatIsDerivedFits(int length, @TempDir Path top) throws IOException {
    for (var name : List.of("x".repeat(length), "é".repeat(length / 2) + "y")) {
      var derived = DerivedName.of(".~", RawPath.of(name), ".new-2");

      assertThat(derived.bytes()).hasSizeLessThanOrEqualTo(255);
      assertThat(derived.text()).doesNotContain("%").startsWith(".~").endsWith(".new-2");
      try (var folder = Directory.open(top)) {
        folder.create(derived).close();
      }
    }
  }

  @Test
  void twoLongNamesDoNotMeet() {
    var one = DerivedName.of(".~", RawPath.of("x".repeat(254) + "1"), "");
    var other = DerivedName.of(".~", RawPath.of("x".repeat(254) + "2"), "");

    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void theNamesToTryComeToAnEnd() {
    assertThat(DerivedName.beside(RawPath.of("x".repeat(255)), ".new-2"))
        .hasSizeBetween(10, 1000)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.bytes().length <= 255);
  }

  @Test
  void nothingHasANameThatIsTooLong(@TempDir Path top) throws IOException {
    try (var folder = Directory.open(top)) {
      assertThat(folder.attributes(RawPath.of("x".repeat(256)))).isEmpty();
    }
  }
}
