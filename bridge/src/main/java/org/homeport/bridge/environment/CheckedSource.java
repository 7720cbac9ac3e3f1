package org.homeport.bridge.environment;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.bridge.engine.Image;
import org.homeport.spawn.refusal.SpawnRefused;
import org.homeport.spawn.seed.ImageSource;

/** An image whose files may be such that nobody can read them: a loop of links, for one. */
record CheckedSource(ImageSource source, Image image) implements ImageSource {
  @Override
  public Optional<InputStream> archive(String path) throws IOException {
    try {
      return source.archive(path);
    } catch (EngineRejected e) {
      throw new SpawnRefused(
          "bad-image",
          "The environment "
              + image.names().stream().findFirst().orElse(image.id())
              + " has something in "
              + path
              + " that cannot be read: "
              + e.getMessage(),
          "Choose another environment, and have this image corrected.",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
