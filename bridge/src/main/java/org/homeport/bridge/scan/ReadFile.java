package org.homeport.bridge.scan;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.ContentChanged;
import org.homeport.bridge.remote.Md5;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.OpenFile;

/**
 * A file of a home that was read once, so that its MD5 is known, and can be read again: from memory
 * when it is small, otherwise from the file, which then is checked to be the same still.
 */
public final class ReadFile implements Content, Closeable {
  private static final int CHUNK = 128 * 1024;

  private final Attributes attributes;
  private final Md5 md5;
  private final byte[] bytes;
  private final Optional<OpenFile> file;

  private ReadFile(Attributes attributes, Md5 md5, byte[] bytes, Optional<OpenFile> file) {
    this.attributes = attributes;
    this.md5 = md5;
    this.bytes = bytes;
    this.file = file;
  }

  public static ReadFile inMemory(Attributes attributes, Md5 md5, byte[] bytes) {
    return new ReadFile(attributes, md5, bytes, Optional.empty());
  }

  public static ReadFile open(Attributes attributes, Md5 md5, OpenFile file) {
    return new ReadFile(attributes, md5, new byte[0], Optional.of(file));
  }

  public Attributes attributes() {
    return attributes;
  }

  public boolean isOpen() {
    return file.isPresent();
  }

  @Override
  public long size() {
    return attributes.size();
  }

  @Override
  public Md5 md5() {
    return md5;
  }

  @Override
  public InputStream open(long from) throws IOException {
    var all = file.isEmpty() ? new ByteArrayInputStream(bytes) : new Checked(file.get());
    all.skipNBytes(from);
    return all;
  }

  @Override
  public void close() {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Closing what was only read does not fail.", e);
    }
  }

  /** Gives the last chunk away only when all of the file is what it was at the first reading. */
  private final class Checked extends InputStream {
    private final OpenFile open;
    private final MessageDigest digest = Md5.digest();
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).limit(0);
    private long position;

    Checked(OpenFile open) {
      this.open = open;
    }

    @Override
    public int read() throws IOException {
      return fill() ? chunk.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length > 0 && !fill()) {
        return -1;
      }
      var count = Math.min(length, chunk.remaining());
      chunk.get(target, offset, count);
      return count;
    }

    private boolean fill() throws IOException {
      if (chunk.hasRemaining()) {
        return true;
      }
      if (position == size()) {
        return false;
      }
      chunk.clear().limit((int) Math.min(CHUNK, size() - position));
      while (chunk.hasRemaining()) {
        if (open.read(chunk, position + chunk.position()) < 0) {
          throw new ContentChanged("The file became shorter while it was read.");
        }
      }
      position += chunk.flip().remaining();
      digest.update(chunk.duplicate());
      if (position == size()
          && !(Md5.of(digest).equals(md5) && open.attributes().equals(attributes))) {
        throw new ContentChanged("The file changed while it was read.");
      }
      return true;
    }
  }
}
