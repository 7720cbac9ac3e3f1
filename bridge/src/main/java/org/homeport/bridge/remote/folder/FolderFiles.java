package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.ContentChanged;
import org.homeport.bridge.remote.Md5;
import org.homeport.spawn.files.SparseWriter;

/** The work of a {@link FolderRemote} on files: repeatable, and readable by its owner only. */
final class FolderFiles {
  private static final int BUFFER = 1 << 17;

  private FolderFiles() {}

  static void makeFolder(Path folder) throws IOException {
    var ownerOnly = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(ownerOnly));
  }

  /** Moves what is at the source, if anything is; the folder of the target is made. Durable. */
  static void rename(Path source, Path target) throws IOException {
    if (place(source, target)) {
      sync(target.getParent());
    }
  }

  /** The same, which a disk may forget; returns whether there was anything to move. */
  static boolean place(Path source, Path target) throws IOException {
    if (source.equals(target) || !Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      makeFolder(target.getParent());
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    }
    return true;
  }

  /** Writes a content to the file and checks it; nothing of it is durable yet. */
  static void receive(Content content, Instant modified, Path file) throws IOException {
    var options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    var ownerOnly = PosixFilePermissions.fromString("rw-------");
    try (var in = content.open(0);
        var out =
            FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(ownerOnly))) {
      var received = copy(in, out);
      if (!received.equals(content.md5())) {
        throw new ContentChanged("Received " + received + " instead of " + content.md5());
      }
      Files.setLastModifiedTime(file, FileTime.from(modified));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  static InputStream open(Path file, long from) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      return Channels.newInputStream(channel.position(from));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Md5 copy(InputStream in, FileChannel out) throws IOException {
    var digest = Md5.digest();
    var buffer = new byte[BUFFER];
    var writer = new SparseWriter(new Sparse(out));
    for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      digest.update(buffer, 0, n);
      writer.write(ByteBuffer.wrap(buffer, 0, n));
    }
    writer.finish();
    return Md5.of(digest);
  }

  /** A file that may have holes. */
  private record Sparse(FileChannel file) implements SparseWriter.Target {
    @Override
    public void write(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }

    @Override
    public void skip(long bytes) throws IOException {
      file.position(file.position() + bytes);
    }
  }

  /** Makes the names of the files in a folder durable. */
  static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
