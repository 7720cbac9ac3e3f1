package org.homeport.spawn.seed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Keeps what was taken out of images, by image id, in a folder that only root can enter.
 *
 * <p>A hostile image finds nothing to attack: its archive is never unpacked, only the bytes of its
 * regular files are kept, one after the other in one file, and an index of them.
 */
public final class SeedCache {

  /**
   * @param folder is made when missing
   * @param maxBytes of all seeds together; the ones unused for longest go first
   * @param seedFolder where images keep their seed, such as /home/jovyan
   */
  public SeedCache(Path folder, long maxBytes, String seedFolder) throws IOException {
    throw new UnsupportedOperationException("comes next");
  }

  /**
   * The files of an image; the image is opened only if they are not here yet, and once, however
   * many ask at the same time. What was returned stays readable after it has left the cache.
   *
   * @param imageId as the engine tells it: {@code sha256:} and 64 hex digits
   * @param image opens the image; it is closed here
   * @throws org.homeport.spawn.refusal.SpawnRefused if the image's seed is not fit for a home
   */
  public ImageFiles of(String imageId, Callable<? extends ImageSource> image) throws IOException {
    throw new UnsupportedOperationException("comes next");
  }
}
