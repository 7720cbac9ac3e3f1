package org.homeport.spawn.seed;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** An image that can be read but never runs, such as a container that is made and not started. */
public interface ImageSource extends Closeable {

  /** Opens an image, which may cost the making of a container. */
  @FunctionalInterface
  interface Opener {
    ImageSource open() throws IOException;
  }

  /**
   * The engine's tar archive of one path: its names start with the last name of the path. Empty if
   * the image has nothing there. The caller closes the stream, and asks for one at a time.
   */
  Optional<InputStream> archive(String path) throws IOException;
}
