package org.homeport.bridge.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.bridge.remote.Md5;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.OpenFile;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;

/** A home on the disk that belongs to a uid which is not root. */
public final class TestHome {
  private static final int UID = 31_001;

  private final Account account;

  /**
   * @param place which anybody may pass through from now on, as the folders above homes are
   */
  public TestHome(Path place, String user) {
    try {
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
      var home = Files.createDirectory(place.resolve(user));
      account = new Account(user, UID, UID, List.of(), home);
      give(home);
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestHome(Account account) {
    this.account = account;
  }

  /** The home that another process made. */
  static TestHome existing(Path place, String user) {
    return new TestHome(new Account(user, UID, UID, List.of(), place.resolve(user)));
  }

  public Account account() {
    return account;
  }

  public Path path(String path) {
    return account.home().resolve(path);
  }

  /** Makes or replaces a file, and the folders above it. */
  public TestHome write(String path, String text) {
    return write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public TestHome write(String path, byte[] bytes) {
    try {
      var file = path(path);
      if (!file.getParent().equals(account.home())) {
        folder(account.home().relativize(file.getParent()).toString());
      }
      Files.write(file, bytes);
      give(file);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a file this long, with a hole at its end. */
  public TestHome lengthen(String path, long size) {
    try (var file = new RandomAccessFile(path(path).toFile(), "rw")) {
      file.setLength(size);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestHome folder(String path) {
    try {
      Files.createDirectories(path(path));
      for (var at = path(path); !at.equals(account.home()); at = at.getParent()) {
        give(at);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestHome link(String path, String target) {
    try {
      give(Files.createSymbolicLink(path(path), Path.of(target)));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestHome modified(String path, Instant time) {
    try {
      Files.setLastModifiedTime(path(path), FileTime.from(time));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TestHome mode(String path, String permissions) {
    try {
      Files.setPosixFilePermissions(path(path), PosixFilePermissions.fromString(permissions));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String text(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes folders of this name, each in the one before, as deep as no path can tell. */
  public TestHome nest(String name, int depth) {
    try {
      new AsUser()
          .<IOException>run(
              account,
              () -> {
                try (var home = Directory.open(account.home())) {
                  nest(home, RawPath.of(name), depth);
                }
              });
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void nest(Directory in, RawPath name, int depth) throws IOException {
    if (depth > 0) {
      in.makeFolder(name);
      try (var below = in.folder(name)) {
        nest(below, name, depth - 1);
      }
    }
  }

  /** Makes a file whose name is any bytes. */
  public TestHome writeRaw(byte[] name, String text) {
    try {
      new AsUser()
          .<IOException>run(
              account,
              () -> {
                try (var home = Directory.open(account.home());
                    var file = home.create(RawPath.of(name))) {
                  file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                }
              });
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes a file, or a folder and all in it. */
  public TestHome delete(String path) {
    try (var all = Files.walk(path(path))) {
      for (var one : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(one);
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes everything, whatever its name. */
  public TestHome empty() {
    try {
      var find = new ProcessBuilder("find", account.home().toString(), "-mindepth", "1", "-delete");
      if (find.inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("The home could not be emptied.");
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Everything in the home or in one folder of it: kind, rights, time, and what it holds. */
  public Map<String, String> state(String folder) {
    var state = new TreeMap<String, String>();
    try (var start = Directory.open(path(folder))) {
      describe(start, "", state);
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Map<String, String> state() {
    return state("");
  }

  private static void describe(Directory folder, String path, Map<String, String> state)
      throws IOException {
    for (var name : folder.names()) {
      var at = path + name.text();
      var attributes = folder.attributes(name).orElseThrow();
      var common = "%o %d %d ".formatted(attributes.mode(), attributes.uid(), attributes.mtime());
      if (attributes.kind() == Attributes.Kind.FOLDER) {
        state.put(at, common + "folder");
        try (var below = folder.folder(name)) {
          describe(below, at + "/", state);
        }
      } else if (attributes.kind() == Attributes.Kind.LINK) {
        state.put(at, attributes.uid() + " -> " + folder.linkTarget(name));
      } else {
        try (var file = folder.read(name)) {
          state.put(at, common + md5(file));
        }
      }
    }
  }

  private static Md5 md5(OpenFile file) throws IOException {
    var digest = Md5.digest();
    var buffer = ByteBuffer.allocateDirect(1 << 16);
    while (file.read(buffer) >= 0) {
      digest.update(buffer.flip());
      buffer.clear();
    }
    return Md5.of(digest);
  }

  private static void give(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", UID, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", UID, LinkOption.NOFOLLOW_LINKS);
  }
}
