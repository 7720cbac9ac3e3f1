package org.homeport.spawn.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The names in a directory, in no order, a few in memory at a time. Opens nothing before the first
 * is asked for, and keeps nothing open after the last.
 */
final class NameList implements Closeable {
  private static final byte[] DOT = {'.', 0};
  private static final int BYTES = 32 * 1024;

  /** One for each thread: a big home has more folders than anybody wants to make buffers for. */
  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(
          () -> ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder()));

  private static final int CLOSED = -1;

  private final int directory;
  private final String shown;
  private final Queue<RawPath> names = new ArrayDeque<>();
  private int list = CLOSED;
  private boolean ended;

  NameList(int directory, String shown) {
    this.directory = directory;
    this.shown = shown;
  }

  /** The next names: as many as asked for, or all that are left. */
  List<RawPath> next(int most) throws IOException {
    var next = new ArrayList<RawPath>();
    while (next.size() < most && hasNext()) {
      next.add(next());
    }
    return next;
  }

  /** The next name; there must be one. */
  RawPath next() {
    return names.remove();
  }

  /** Whether there are more names, for which it may have to read. */
  boolean hasNext() throws IOException {
    while (names.isEmpty() && !ended) {
      read();
    }
    return !names.isEmpty();
  }

  @Override
  public void close() {
    ended = true;
    if (list != CLOSED) {
      LibC.close(list);
      list = CLOSED;
    }
  }

  /** Reads as many names as fit into the buffer, which is free again. */
  private void read() throws IOException {
    if (list == CLOSED) {
      var flags = LibC.O_RDONLY | LibC.O_DIRECTORY | LibC.O_CLOEXEC;
      list = Errno.check(LibC.openat(directory, DOT, flags, 0), shown);
    }
    var buffer = BUFFER.get().clear();
    var length = (int) Errno.check(LibC.getdents64(list, buffer, BYTES), shown);
    if (length == 0) {
      close();
    } else {
      take(buffer.clear().limit(length));
    }
  }

  /** Reads {@code struct linux_dirent64}s: inode, offset, the length of all, a type, the name. */
  private void take(ByteBuffer entries) {
    while (entries.hasRemaining()) {
      var start = entries.position();
      var name = start + 19;
      var end = name;
      while (entries.get(end) != 0) {
        end++;
      }
      var bytes = new byte[end - name];
      entries.get(name, bytes);
      if (!isItselfOrParent(bytes)) {
        names.add(RawPath.of(bytes));
      }
      entries.position(start + entries.getShort(start + 16));
    }
  }

  private static boolean isItselfOrParent(byte[] name) {
    return name[0] == '.' && (name.length == 1 || name.length == 2 && name[1] == '.');
  }
}
