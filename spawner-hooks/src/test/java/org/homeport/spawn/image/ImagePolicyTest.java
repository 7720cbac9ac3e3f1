package org.homeport.spawn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.homeport.spawn.Refusals.assertRefused;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePolicyTest {
  private static final String DIGEST = "@sha256:" + "0a".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "plasmabio/*, plasmabio/template-python:12345",
    "plasmabio/*, docker.io/plasmabio/template-python:12345",
    "docker.io/plasmabio/*, plasmabio/template-python:12345",
    "plasmabio/template-*:*, plasmabio/template-python:12345",
    "*/template-python:*, plasmabio/template-python:12345",
    "quay.io/jupyter/base-notebook, quay.io/jupyter/base-notebook",
    "quay.io/jupyter/base-notebook:2024-*, quay.io/jupyter/base-notebook:2024-05-01",
    "*.example.com/*, registry.example.com/a/b:c",
    "localhost:*/course, localhost:5000/course",
    "python, python:latest",
    "python:*, python:3.11",
    "python*, python-course:1",
    "library/python:3, python:3",
    "docker.io/library/*, python:3",
    "*, anywhere.example.com:5000/any/thing:at-all",
  })
  void aPatternLetsIn(String pattern, String image) {
    assertThat(policy(pattern).allows(ImageName.of(image))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "plasmabio/*, evil/plasmabio/miner:latest",
    "plasmabio/*, plasmabio.evil.com/miner:latest",
    "plasmabio/*, evil.com/plasmabio/miner:latest",
    "plasmabio*, plasmabio.evil.com/miner:latest",
    "*/course:1, evil.com/course:1",
    "localhost:5000*, localhost:50001/miner",
    "*.example.com/*, evil.com/www.example.com/miner",
    "*.example.com/*, registry.example.com.evil.com/miner",
    "python, python:3",
    "python:3, python:3.11",
    "python:3.1, python:3x1",
    "docker.io/library/*, evil/miner",
    "docker.io/*, evil.com/miner",
  })
  void aPatternKeepsOut(String pattern, String image) {
    assertThat(policy(pattern).allows(ImageName.of(image))).isFalse();
  }

  @Test
  void aDigestIsAllowedWhereThePatternSaysSo() {
    var image = ImageName.of("course:1" + DIGEST);

    assertThat(policy("course:*").allows(image)).isTrue();
    assertThat(policy("course:1" + DIGEST).allows(image)).isTrue();
    assertThat(policy("course:1").allows(image)).isFalse();
  }

  @Test
  void noPatternAllowsNothing() {
    assertRefused(
        () -> policy().check(ImageName.of("python")), "image-not-allowed", "python:latest");
  }

  @Test
  void oneOfThePatternsIsEnough() {
    var policy = policy("plasmabio/*", "python:3");
    assertThat(policy.allows(ImageName.of("python:3"))).isTrue();
    assertThat(policy.allows(ImageName.of("plasmabio/course:1"))).isTrue();
    assertThat(policy.allows(ImageName.of("python:2"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "plasmabio/* ", "a,b", "a?", "[ab]", "a\\E.*"})
  void whatIsNoPatternIsRefused(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImagePattern.of(pattern))
        .withMessageContaining("'" + pattern + "'");
  }

  private static ImagePolicy policy(String... patterns) {
    return new ImagePolicy(Stream.of(patterns).map(ImagePattern::of).toList());
  }
}
