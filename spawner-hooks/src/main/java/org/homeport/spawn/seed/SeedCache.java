package org.homeport.spawn.seed;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.spawn.hash.Sha256;

/**
 * Keeps what was taken out of images, by image id, so that each image is opened once.
 *
 * <p>A hostile image finds nothing to attack: its archive is never unpacked, and the cache is a
 * folder that only root can enter.
 */
public final class SeedCache {
  private final SeedStore store;
  private final String seedFolder;
  private final Map<String, SoftReference<ImageFiles>> loaded = new ConcurrentHashMap<>();
  private final Map<String, Object> locks = new ConcurrentHashMap<>();

  /**
   * @param folder is made when missing
   * @param maxBytes of all seeds together; the ones unused for longest go first
   * @param seedFolder where images keep their seed, such as /home/jovyan
   */
  public SeedCache(Path folder, long maxBytes, String seedFolder) throws IOException {
    this.store = new SeedStore(folder, maxBytes);
    this.seedFolder = seedFolder;
  }

  /**
   * The files of an image; the image is opened only if they are not here yet, and once, however
   * many ask at the same time. What was returned stays readable after it has left the cache.
   *
   * @param imageId as the engine tells it: what is behind it never changes
   * @param image opens the image, which is closed here
   * @throws org.homeport.spawn.refusal.SpawnRefused if the image's seed is not fit for a home
   */
  public ImageFiles of(String imageId, ImageSource.Opener image) throws IOException {
    var key = Sha256.hex(imageId + " " + seedFolder);
    synchronized (locks.computeIfAbsent(key, k -> new Object())) {
      var files = loaded(key);
      if (files == null) {
        var stored = store.find(key);
        files = stored.isPresent() ? stored.get() : takeIn(key, image);
        loaded.put(key, new SoftReference<>(files));
      }
      store.used(key);
      return files;
    }
  }

  private ImageFiles loaded(String key) {
    var known = loaded.get(key);
    return known == null ? null : known.get();
  }

  private ImageFiles takeIn(String key, ImageSource.Opener opener) throws IOException {
    try (var image = opener.open()) {
      return store.add(key, image, seedFolder);
    }
  }
}
