package org.homeport.spawn.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.seed.SeedOf.nothing;

import org.homeport.spawn.files.RawPath;
import org.junit.jupiter.api.Test;

class SeedManifestTest {
  private static final RawPath NOT_UTF8 = RawPath.of(new byte[] {'c', 'a', 'f', (byte) 0xe9});

  private final SeedManifest manifest =
      nothing()
          .folder("notes")
          .file("notes/a b.txt", 0600, "text")
          .file(NOT_UTF8, 0644, new byte[] {1})
          .link("data", "/srv/100%25")
          .manifest();

  @Test
  void survivesJson() {
    assertThat(SeedManifest.fromJson(manifest.toJson())).isEqualTo(manifest);
    assertThat(SeedManifest.fromJson(SeedManifest.EMPTY.toJson())).isEqualTo(SeedManifest.EMPTY);
  }

  @Test
  void readsWellAsJson() {
    assertThat(nothing().link("data", "/srv").folder("notes").manifest().toJson())
        .isEqualTo(
            """
            {"data":{"type":"link","target":"/srv","mtime":1704153600123456789},\
            "notes":{"type":"folder","mode":493,"mtime":1704153600123456789}}""");
  }

  @Test
  void theDigestTellsManifestsApart() {
    assertThat(SeedManifest.fromJson(manifest.toJson()).digest()).isEqualTo(manifest.digest());
    assertThat(nothing().file("a", 0644, "1").manifest().digest())
        .isNotEqualTo(nothing().file("a", 0600, "1").manifest().digest());
  }

  @Test
  void dropsWhatHasNoPlaceInAHome() {
    assertThat(nothing().file("su", 06755, "").manifest())
        .isEqualTo(nothing().file("su", 0755, "").manifest());
    assertThat(nothing().folder("shut", 01000).manifest())
        .as("a folder that its owner cannot enter")
        .isEqualTo(nothing().folder("shut", 0700).manifest());
  }
}
