package org.homeport.spawn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
  private static final String DIGEST = "sha256:" + "0a".repeat(32);

  @ParameterizedTest
  @CsvSource({
    "python, python:latest",
    "python:3.11, python:3.11",
    "library/python, python:latest",
    "docker.io/python, python:latest",
    "docker.io/library/python:3, python:3",
    "index.docker.io/library/python:3, python:3",
    "docker.io/plasmabio/r, plasmabio/r:latest",
    "docker.io/library/deep/r, library/deep/r:latest",
    "quay.io/library/python, quay.io/library/python:latest",
    "localhost/python, localhost/python:latest",
    "localhost:5000/a/b:c, localhost:5000/a/b:c",
    "registry:5000/b, registry:5000/b:latest",
  })
  void twoSpellingsOfOneImageAreEqual(String written, String familiar) {
    assertThat(ImageName.of(written)).hasToString(familiar).isEqualTo(ImageName.of(familiar));
  }

  @Test
  void aPathOfDockerHubThatReadsLikeARegistryKeepsItsRegistry() {
    var image = ImageName.of("docker.io/quay.io/python");

    assertThat(image).hasToString("docker.io/quay.io/python:latest");
    assertThat(image.registry()).isEqualTo("docker.io");
  }

  @Test
  void aNameFallsIntoItsParts() {
    assertThat(ImageName.of("localhost:5000/a/b:1.2_x"))
        .returns("localhost:5000", ImageName::registry)
        .returns("localhost:5000/a/b", ImageName::repository)
        .returns("a/b:1.2_x", ImageName::rest)
        .returns("1.2_x", image -> image.tag().orElseThrow());
    assertThat(ImageName.of("a/b")).returns("docker.io", ImageName::registry);
  }

  @Test
  void aDigestStandsForTheTag() {
    var image = ImageName.of("a/b@" + DIGEST);

    assertThat(image.digest()).hasValue(DIGEST);
    assertThat(image.tag()).isEmpty();
    assertThat(ImageName.of("a/b:1@" + DIGEST).tag()).hasValue("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Python",
        "a b",
        "a:",
        ":a",
        "a/",
        "/a",
        "a//b",
        "../a",
        "a/../b",
        "-a",
        "a:-b",
        "a:b:c",
        "a@sha256:123",
        "https://a/b",
        "a;b",
        "a$b",
        "a\nb",
        "a:b\n",
        "é",
        "Registry.io/a",
        "registry.io:123456/a",
        "a_-b",
        "a__b/c-.d"
      })
  void whatIsNoNameIsRefused(String written) {
    assertRefused(() -> ImageName.of(written), "bad-image-name", "'" + written + "'");
  }

  @Test
  void anIdIsNoName() {
    assertRefused(() -> ImageName.of(DIGEST), "bad-image-name", DIGEST);
    assertRefused(() -> ImageName.of("0a".repeat(32)), "bad-image-name");
  }

  @Test
  void aNameHasALimit() {
    assertThat(ImageName.of("a".repeat(255)).repository()).hasSize(255);
    assertRefused(() -> ImageName.of("a".repeat(256)), "bad-image-name");
    assertRefused(() -> ImageName.of("a:" + "b".repeat(129)), "bad-image-name");
  }
}
