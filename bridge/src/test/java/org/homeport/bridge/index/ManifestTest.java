package org.homeport.bridge.index;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final String HEAD =
      "{\"homeport\":1,\"run\":1,\"since\":0,\"startedBy\":\"ada\","
          + "\"startedAt\":\"2026-01-01T00:00:00Z\",\"savedAt\":\"2026-01-01T00:00:00Z\"}\n";

  @Test
  void aLineWithoutAnEndIsNotReadIntoMemory() {
    assertThatThrownBy(() -> read("x".repeat(1 << 20), 64))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("A line of more than");
  }

  @Test
  void aSmallManifestThatInflatesToAHugeOneIsRefused() {
    assertThatThrownBy(() -> read("{\"path\":\"a\"" + " ".repeat(60_000) + "}\n", 5_000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("inflates to more than");
  }

  @Test
  void moreLinesThanAnyHomeNeedsAreRefused() {
    assertThatThrownBy(() -> read("{\"path\":\"a\"}\n".repeat(1_001), 1_000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("lines");
  }

  private static void read(String text, int times) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(HEAD.getBytes(UTF_8));
      var part = text.getBytes(UTF_8);
      for (var i = 0; i < times; i++) {
        out.write(part);
      }
    }
    Manifest.read(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
