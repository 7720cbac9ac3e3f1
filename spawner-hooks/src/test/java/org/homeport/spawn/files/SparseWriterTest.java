package org.homeport.spawn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseWriterTest {
  private static final int PIECE = 1 << 16;

  @TempDir Path folder;

  @Test
  void anyContentIsTheSameAfterwards() throws Exception {
    var random = new Random(3);
    for (var n = 0; n < 50; n++) {
      var content = new ByteArrayOutputStream();
      try (var directory = Directory.open(folder);
          var file = directory.create(RawPath.of("file" + n))) {
        var writer = SparseWriter.to(file);
        for (var pieces = random.nextInt(6); pieces > 0; pieces--) {
          var piece = new byte[random.nextInt(3 * 4096)];
          if (random.nextBoolean() && piece.length > 0) {
            piece[random.nextInt(piece.length)] = 1;
          }
          content.writeBytes(piece);
          writer.write(ByteBuffer.wrap(piece));
        }
        writer.finish();
      }
      assertThat(Files.readAllBytes(folder.resolve("file" + n))).isEqualTo(content.toByteArray());
    }
  }

  @Test
  void zerosTakeNoRoom() throws Exception {
    try (var directory = Directory.open(folder);
        var file = directory.create(RawPath.of("hole"))) {
      var writer = SparseWriter.to(file);
      for (var n = 0; n < 1000; n++) {
        writer.write(ByteBuffer.allocate(PIECE));
      }
      writer.finish();
    }
    assertThat(folder.resolve("hole")).hasSize(1000L * PIECE);
    assertThat(kilobytes("hole")).isLessThan(100);
  }

  private int kilobytes(String name) throws IOException {
    var du = new ProcessBuilder("du", "-k", folder.resolve(name).toString()).start();
    var out = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Integer.parseInt(out.split("\\s")[0]);
  }
}
