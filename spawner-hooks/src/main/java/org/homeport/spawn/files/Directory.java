package org.homeport.spawn.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An open directory, held by its descriptor: what is done through it happens in this directory,
 * wherever somebody moves it meanwhile and whatever takes its name.
 *
 * <p>Takes single names only, never follows a symbolic link, and opens nothing but folders and
 * regular files, so that neither a link nor a fifo in a home can lead or hold it. What it may do is
 * up to the identity of the calling thread. It needs no right to read the directory except for
 * {@link #names}.
 */
public final class Directory implements Closeable {
  private static final byte[] ITSELF = {0};
  private static final byte[] DOT = {'.', 0};
  private static final int LONGEST_LINK = 4096;

  private final int fd;
  private final String shown;
  private boolean open = true;

  private Directory(int fd, String shown) {
    this.fd = fd;
    this.shown = shown;
  }

  /** Opens a directory that an administrator named: follows links. */
  public static Directory open(Path path) throws IOException {
    var name = terminated(path.toString().getBytes(StandardCharsets.UTF_8));
    return open(LibC.AT_FDCWD, name, 0, path.toString());
  }

  /** Opens a folder in this one. */
  public Directory folder(RawPath name) throws IOException {
    return open(fd, bytes(name), LibC.O_NOFOLLOW, shown(name));
  }

  /** Opens this directory once more. */
  public Directory reopen() throws IOException {
    return open(fd, DOT, 0, shown);
  }

  /** Opens a regular file to read it. */
  public OpenFile read(RawPath name) throws IOException {
    // NONBLOCK: a file that is swapped for a fifo now does not hold us. Regular files ignore it.
    var flags = LibC.O_RDONLY | LibC.O_NOFOLLOW | LibC.O_NONBLOCK | LibC.O_NOCTTY | LibC.O_CLOEXEC;
    var file =
        new OpenFile(Errno.check(LibC.openat(fd, bytes(name), flags, 0), shown(name)), shown(name));
    try {
      if (file.attributes().kind() != Attributes.Kind.FILE) {
        throw new FileSystemException(shown(name), null, "not a regular file");
      }
      return file;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Makes a new file that only its owner can read, and opens it to write it. */
  public OpenFile create(RawPath name) throws IOException {
    var flags = LibC.O_WRONLY | LibC.O_CREAT | LibC.O_EXCL | LibC.O_NOFOLLOW | LibC.O_CLOEXEC;
    var file = Errno.check(LibC.openat(fd, bytes(name), flags, 0600), shown(name));
    return new OpenFile(file, shown(name));
  }

  /** The attributes of the directory itself. */
  public Attributes attributes() throws IOException {
    return attributes(fd, shown);
  }

  /** The attributes of what has this name, of a link itself; empty if nothing has. */
  public Optional<Attributes> attributes(RawPath name) throws IOException {
    try {
      var flags = LibC.AT_SYMLINK_NOFOLLOW;
      return Optional.of(attributes(fd, bytes(name), flags, () -> shown(name)));
    } catch (NoSuchFileException | NameTooLongException nothing) {
      return Optional.empty();
    }
  }

  /** All names in the directory, in no order. */
  public List<RawPath> names() throws IOException {
    var names = new ArrayList<RawPath>();
    eachName(names::add);
    return names;
  }

  /** Takes names one by one. */
  @FunctionalInterface
  public interface NameTaker {
    void take(RawPath name) throws IOException;
  }

  /** Hands over all names in the directory, in no order, a few in memory at a time. */
  public void eachName(NameTaker taker) throws IOException {
    try (var list = list()) {
      while (list.hasNext()) {
        taker.take(list.next());
      }
    }
  }

  /** The list of the names, for which this directory must stay open. */
  NameList list() {
    return new NameList(fd, shown);
  }

  /** Makes a folder that only its owner can enter. */
  public void makeFolder(RawPath name) throws IOException {
    Errno.check(LibC.mkdirat(fd, bytes(name), 0700), shown(name));
  }

  public void makeLink(RawPath name, String target) throws IOException {
    var to = terminated(RawText.bytes(target));
    Errno.check(LibC.symlinkat(to, fd, bytes(name)), shown(name));
  }

  /** The target of a link, as {@link RawText}. */
  public String linkTarget(RawPath name) throws IOException {
    var target = new byte[LONGEST_LINK];
    var length = LibC.readlinkat(fd, bytes(name), target, target.length);
    return RawText.of(Arrays.copyOf(target, (int) Errno.check(length, shown(name))));
  }

  /** Renames, also over what is there; a link that is there is replaced itself. */
  public void rename(RawPath name, Directory to, RawPath newName) throws IOException {
    Errno.check(rename(name, to, newName, 0), to.shown(newName));
  }

  /**
   * Renames unless the new name is taken.
   *
   * @throws FileAlreadyExistsException if it is
   */
  public void renameIfFree(RawPath name, Directory to, RawPath newName) throws IOException {
    var result = rename(name, to, newName, LibC.RENAME_NOREPLACE);
    if (result < 0 && Errno.last() == LibC.EINVAL) {
      // Some file systems (NFS) cannot do it in one step: look first.
      if (to.attributes(newName).isPresent()) {
        throw new FileAlreadyExistsException(to.shown(newName));
      }
      result = rename(name, to, newName, 0);
    }
    Errno.check(result, to.shown(newName));
  }

  public void removeFile(RawPath name) throws IOException {
    Errno.check(LibC.unlinkat(fd, bytes(name), 0), shown(name));
  }

  public void removeFolder(RawPath name) throws IOException {
    Errno.check(LibC.unlinkat(fd, bytes(name), LibC.AT_REMOVEDIR), shown(name));
  }

  /** Gives the directory itself to somebody. */
  public void owner(long uid, long gid) throws IOException {
    Errno.check(LibC.fchownat(fd, ITSELF, (int) uid, (int) gid, LibC.AT_EMPTY_PATH), shown);
  }

  /** Sets the permission bits of the directory itself. */
  public void mode(int mode) throws IOException {
    Errno.check(LibC.fchmodat(fd, DOT, mode, 0), shown);
  }

  /** Sets when the directory itself was last changed, in nanoseconds since 1970. */
  public void mtime(long nanos) throws IOException {
    Errno.check(LibC.utimensat(fd, DOT, times(nanos), 0), shown);
  }

  /** Sets when a file in it was last changed, of a link itself, in nanoseconds since 1970. */
  public void mtime(RawPath name, long nanos) throws IOException {
    var result = LibC.utimensat(fd, bytes(name), times(nanos), LibC.AT_SYMLINK_NOFOLLOW);
    Errno.check(result, shown(name));
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      LibC.close(fd);
    }
  }

  @Override
  public String toString() {
    return shown;
  }

  static Attributes attributes(int fd, String shown) throws IOException {
    return attributes(fd, ITSELF, LibC.AT_EMPTY_PATH, () -> shown);
  }

  private static Attributes attributes(int dir, byte[] name, int flags, Supplier<String> shown)
      throws IOException {
    var statx = new byte[Attributes.STATX_SIZE];
    if (LibC.statx(dir, name, flags, LibC.STATX_BASIC_STATS, statx) < 0) {
      throw Errno.exception(Errno.last(), shown.get());
    }
    return Attributes.ofStatx(statx);
  }

  private static Directory open(int dir, byte[] name, int flags, String shown) throws IOException {
    var all = flags | LibC.O_PATH | LibC.O_DIRECTORY | LibC.O_CLOEXEC;
    return new Directory(Errno.check(LibC.openat(dir, name, all, 0), shown), shown);
  }

  private int rename(RawPath name, Directory to, RawPath newName, int flags) {
    return LibC.renameat2(fd, bytes(name), to.fd, bytes(newName), flags);
  }

  static long[] times(long mtime) {
    var seconds = Math.floorDiv(mtime, 1_000_000_000L);
    var nanos = Math.floorMod(mtime, 1_000_000_000L);
    return new long[] {seconds, nanos, seconds, nanos};
  }

  private static byte[] bytes(RawPath name) {
    if (name.isTop() || name.text().indexOf('/') >= 0) {
      throw new IllegalArgumentException("Not a single name: " + name);
    }
    return terminated(name.bytes());
  }

  private static byte[] terminated(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length + 1);
  }

  private String shown(RawPath name) {
    return shown + "/" + name;
  }
}
