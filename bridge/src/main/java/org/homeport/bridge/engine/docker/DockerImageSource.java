package org.homeport.bridge.engine.docker;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.homeport.spawn.seed.ImageSource;

/** An image, read through a container that is made for it and never started. */
final class DockerImageSource implements ImageSource {
  private final EngineCalls calls;
  private final DockerContainers containers;
  private final String container;
  private InputStream open = InputStream.nullInputStream();

  DockerImageSource(EngineCalls calls, DockerContainers containers, String container) {
    this.calls = calls;
    this.containers = containers;
    this.container = container;
  }

  @Override
  public Optional<InputStream> archive(String path) throws IOException {
    open.close();
    var found =
        calls.find(
            "read files of an image: " + path,
            EngineCalls.SLOW,
            connection -> connection.streams().copyArchiveFromContainerCmd(container, path).exec());
    open = found.orElseGet(InputStream::nullInputStream);
    return found;
  }

  /** An archive that is left half read would hold the container's lock: it is cut off first. */
  @Override
  public void close() throws IOException {
    try {
      open.close();
    } finally {
      containers.remove(container);
    }
  }
}
