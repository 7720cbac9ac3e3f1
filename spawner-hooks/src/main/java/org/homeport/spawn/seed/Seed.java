package org.homeport.spawn.seed;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The files that an image gives to a new environment folder: what they are, and their bytes. */
public final class Seed {

  /** Where the bytes of a seed's files are. */
  @FunctionalInterface
  interface Content {
    /** Reads some bytes of the file from {@code position} on; the number read, or -1 at its end. */
    int read(RawPath file, long position, ByteBuffer into) throws IOException;
  }

  public static final Seed NONE = new Seed(SeedManifest.EMPTY, (file, position, into) -> -1);

  private final SeedManifest manifest;
  private final String digest;
  private final Content content;

  Seed(SeedManifest manifest, Content content) {
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

  /** Reads some bytes of a file from {@code position} on; the number read, or -1 at its end. */
  public int read(RawPath file, long position, ByteBuffer into) throws IOException {
    return content.read(file, position, into);
  }
}
