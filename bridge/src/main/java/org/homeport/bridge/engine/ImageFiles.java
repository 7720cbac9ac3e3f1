package org.homeport.bridge.engine;

import java.io.InputStream;
import java.util.Optional;

/** The files of an image that does not run. Closing it ends every stream that it gave out. */
public interface ImageFiles extends AutoCloseable {

  /**
   * A file or folder as an uncompressed tar archive, whose first entry is the path's last name.
   * Close the stream before asking for the next one. Empty when the image has no such path.
   */
  Optional<InputStream> archive(String path);

  @Override
  void close();
}
