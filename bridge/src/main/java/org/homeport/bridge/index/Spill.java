package org.homeport.bridge.index;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A collection that may be larger than memory, such as the plan of a first backup of a million
 * files: it keeps what comes first in memory and the rest in a temporary file without a name, which
 * nobody else can open and no crash leaves behind.
 */
public final class Spill<T> extends AbstractCollection<T> implements Closeable {
  private static final int IN_MEMORY = 5_000;
  private static final int BUFFER = 1 << 16;

  private final Codec<T> codec;
  private final List<T> first = new ArrayList<>();
  private int spilled;
  private FileChannel file;
  private DataOutputStream out;

  /** Writes values and reads them back. */
  public interface Codec<T> {
    void write(T value, DataOutput out) throws IOException;

    T read(DataInput in) throws IOException;
  }

  public Spill(Codec<T> codec) {
    this.codec = codec;
  }

  /**
   * @throws UncheckedIOException when there is no room for temporary files
   */
  @Override
  public boolean add(T value) {
    if (first.size() < IN_MEMORY) {
      return first.add(value);
    }
    try {
      if (file == null) {
        open();
      }
      codec.write(value, out);
      spilled++;
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void open() throws IOException {
    var path = Files.createTempFile("homeport-plan-", "");
    file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path);
    out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), BUFFER));
  }

  @Override
  public int size() {
    return first.size() + spilled;
  }

  @Override
  public Iterator<T> iterator() {
    if (spilled == 0) {
      return first.iterator();
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reader();
  }

  @Override
  public void close() {
    first.clear();
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Reader implements Iterator<T> {
    private final Iterator<T> head = first.iterator();
    private final DataInput in = new DataInputStream(new BufferedInputStream(content(), BUFFER));
    private int left = spilled;

    @Override
    public boolean hasNext() {
      return head.hasNext() || left > 0;
    }

    @Override
    public T next() {
      if (head.hasNext()) {
        return head.next();
      }
      if (left-- <= 0) {
        throw new NoSuchElementException();
      }
      try {
        return codec.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The file from its beginning, wherever the writing is. */
  private InputStream content() {
    return new InputStream() {
      private long position;

      @Override
      public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        var count = file.read(ByteBuffer.wrap(into, offset, length), position);
        position += Math.max(0, count);
        return count;
      }
    };
  }
}
