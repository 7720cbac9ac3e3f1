package org.homeport.spawn.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes a content and leaves holes where it has nothing but zeros, which then take no room. */
public final class SparseWriter {
  /** A file system has no smaller holes. */
  private static final int SMALLEST = 4096;

  private final Target target;
  private long hole;

  /** The file, as far as it is needed. */
  public interface Target {
    void write(ByteBuffer bytes) throws IOException;

    /** Goes on so many bytes further on. */
    void skip(long bytes) throws IOException;
  }

  public SparseWriter(Target target) {
    this.target = target;
  }

  public static SparseWriter to(OpenFile file) {
    return new SparseWriter(
        new Target() {
          @Override
          public void write(ByteBuffer bytes) throws IOException {
            file.write(bytes);
          }

          @Override
          public void skip(long bytes) throws IOException {
            file.skip(bytes);
          }
        });
  }

  /** Writes what comes next; best in large pieces. */
  public void write(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() >= SMALLEST && isZero(bytes)) {
      hole += bytes.remaining();
      bytes.position(bytes.limit());
      return;
    }
    if (hole > 0 && bytes.hasRemaining()) {
      target.skip(hole);
      hole = 0;
    }
    target.write(bytes);
  }

  /** Gives the file its length, if it ends with a hole. */
  public void finish() throws IOException {
    if (hole > 0) {
      target.skip(hole - 1);
      target.write(ByteBuffer.allocate(1));
      hole = 0;
    }
  }

  private static boolean isZero(ByteBuffer bytes) {
    var at = bytes.position();
    for (; at + Long.BYTES <= bytes.limit(); at += Long.BYTES) {
      if (bytes.getLong(at) != 0) {
        return false;
      }
    }
    for (; at < bytes.limit(); at++) {
      if (bytes.get(at) != 0) {
        return false;
      }
    }
    return true;
  }
}
