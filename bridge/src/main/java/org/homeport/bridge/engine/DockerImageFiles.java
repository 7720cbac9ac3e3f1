package org.homeport.bridge.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The files of an image, read through a container that is made for it and never started. */
final class DockerImageFiles implements ImageFiles {
  private final DockerEngine engine;
  private final EngineCalls calls;
  private final String container;
  private InputStream open = InputStream.nullInputStream();

  DockerImageFiles(DockerEngine engine, EngineCalls calls, String container) {
    this.engine = engine;
    this.calls = calls;
    this.container = container;
  }

  @Override
  public Optional<InputStream> archive(String path) {
    end(open);
    var found =
        calls.find(
            "read " + path + " of an image",
            DockerEngine.SLOW,
            connection -> connection.streams().copyArchiveFromContainerCmd(container, path).exec());
    open = found.orElseGet(InputStream::nullInputStream);
    return found;
  }

  /** An archive that is left half read would hold the container's lock: it is cut off first. */
  @Override
  public void close() {
    end(open);
    engine.remove(container);
  }

  private static void end(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
