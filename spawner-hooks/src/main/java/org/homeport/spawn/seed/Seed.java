package org.homeport.spawn.seed;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.homeport.spawn.files.RawPath;

/** The files that an image gives to a new environment folder, with their bytes. */
public final class Seed {

  /** The bytes of a seed's files. */
  @FunctionalInterface
  public interface Content {
    /** Reads some bytes of the file from {@code position} on; at least one. */
    int read(RawPath file, long position, ByteBuffer into) throws IOException;
  }

  public static final Seed NONE = new Seed(SeedManifest.EMPTY, (path, position, into) -> -1);

  private final SeedManifest manifest;
  private final String digest;
  private final Content content;

  public Seed(SeedManifest manifest, Content content) {
    this.manifest = manifest;
    this.digest = manifest.digest();
    this.content = content;
  }

  public SeedManifest manifest() {
    return manifest;
  }

  /** Equal for seeds that hold the same. */
  public String digest() {
    return digest;
  }

  /**
   * Fills the buffer with the bytes of a file from {@code position} on, as far as the file goes.
   *
   * @throws EOFException if they are gone
   */
  public void read(RawPath path, long position, ByteBuffer into) throws IOException {
    if (!(manifest.entries().get(path) instanceof SeedEntry.File file)) {
      throw new IllegalArgumentException("Not a file of the seed: " + path);
    }
    into.limit((int) Math.min(into.limit(), into.position() + file.size() - position));
    while (into.hasRemaining()) {
      var count = content.read(path, position, into);
      if (count <= 0) {
        throw new EOFException("The seed's copy of " + path + " is cut off");
      }
      position += count;
    }
  }
}
