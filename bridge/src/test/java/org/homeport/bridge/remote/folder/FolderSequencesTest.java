package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.backup.SequencesContract;
import org.homeport.bridge.remote.Remotes;

class FolderSequencesTest extends SequencesContract {
  private Path place;

  @Override
  protected Remotes remotes(Path folder) {
    place = folder;
    return new FolderRemotes(folder, Clock.systemUTC());
  }

  @Override
  protected void trouble() {
    bed.restart();
  }

  @Override
  protected void endTrouble() {
    // Nothing goes wrong by itself.
  }

  /** Flips a bit of a file, cuts it short, or takes it away. */
  @Override
  protected Optional<Runnable> damage() {
    try {
      var files = files();
      var file = files.get(random.nextInt(files.size()));
      var bytes = Files.readAllBytes(file);
      switch (random.nextInt(3)) {
        case 0 -> {
          var flipped = bytes.clone();
          flipped[random.nextInt(bytes.length)] ^= 1;
          Files.write(file, flipped);
        }
        case 1 -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        default -> Files.delete(file);
      }
      return Optional.of(() -> write(file, bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files() throws IOException {
    try (var all = Files.walk(place.resolve("home/ada"))) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toFile().length() > 0)
          .sorted()
          .toList();
    }
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
