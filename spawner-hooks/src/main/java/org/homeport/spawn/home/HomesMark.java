package org.homeport.spawn.home;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.hash.Sha256;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells by a mark whether a folder of homes is the disk that it was: without it, a disk that is not
 * mounted would look like a folder in which nobody has a home yet.
 */
final class HomesMark {
  private static final Logger LOG = LoggerFactory.getLogger(HomesMark.class);
  private static final RawPath MARK = RawPath.of(".homeport-homes");
  private static final int LONGEST = 64;

  private final Path records;
  private final Set<Path> known = ConcurrentHashMap.newKeySet();

  /**
   * @param records a folder on another disk than the homes, which remembers their marks
   */
  HomesMark(Path records) {
    this.records = records;
  }

  /**
   * Passes when a home may be made in the folder.
   *
   * @throws SpawnRefused if it had another mark, or has none any more
   */
  void check(Directory folder, Path path) throws IOException {
    var recorded = recorded(path);
    if (recorded.isPresent() && !recorded.equals(mark(folder))) {
      throw new SpawnRefused(
          "homes-not-mounted",
          "The folder " + path + " is not the disk that it was: its mark " + MARK + " is missing.",
          "Mount the disk of the homes. If this is the right folder, mark it again: echo "
              + recorded.get()
              + " > "
              + path.resolve(MARK.text())
              + ".");
    }
  }

  /** Marks a folder that has homes, if it is not marked yet. Repeatable. */
  void note(Directory folder, Path path) {
    if (!known.add(path)) {
      return;
    }
    try {
      if (recorded(path).isEmpty()) {
        record(path, mark(folder).isPresent() ? mark(folder).get() : makeMark(folder));
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be marked, so its disk is not recognised when it is missing", path, e);
    }
  }

  private static Optional<String> mark(Directory folder) throws IOException {
    try (var file = folder.read(MARK)) {
      var bytes = ByteBuffer.allocateDirect(LONGEST);
      while (bytes.hasRemaining() && file.read(bytes) >= 0) {
        // until it is full or the file ends
      }
      return Optional.of(UTF_8.decode(bytes.flip()).toString().strip());
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  private static String makeMark(Directory folder) throws IOException {
    var mark = UUID.randomUUID().toString();
    var unfinished = RawPath.of(HomeMaker.UNFINISHED + mark);
    try (var file = folder.create(unfinished)) {
      file.write(ByteBuffer.allocateDirect(LONGEST).put((mark + "\n").getBytes(UTF_8)).flip());
      file.sync();
    }
    try {
      folder.renameIfFree(unfinished, folder, MARK);
      return mark;
    } catch (FileAlreadyExistsException another) {
      folder.removeFile(unfinished);
      return mark(folder).orElseThrow();
    }
  }

  private Optional<String> recorded(Path path) throws IOException {
    try {
      return Optional.of(Files.readString(record(path)).strip());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  private void record(Path path, String mark) throws IOException {
    Files.createDirectories(records);
    var beside = Files.createTempFile(records, "mark", ".new");
    Files.writeString(beside, mark + "\n");
    Files.move(beside, record(path), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path record(Path path) {
    return records.resolve(Sha256.hex(path.toString()).substring(0, 16));
  }
}
