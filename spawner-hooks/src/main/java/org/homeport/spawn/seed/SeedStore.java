package org.homeport.spawn.seed;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seed cache on disk: a folder per image, with the bytes of its seed's files in one file and an
 * index beside it. The index is dated when it is used.
 */
final class SeedStore {
  private static final Logger LOG = LoggerFactory.getLogger(SeedStore.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BLOB = "blob";
  private static final String INDEX = "index.json";
  private static final String UNFINISHED = "unfinished-";
  private static final int LONGEST_TEXT = 1 << 20;

  /** Everything that the cache knows of an image besides the bytes. */
  record Index(
      SeedManifest manifest,
      Map<RawPath, Long> offsets,
      long length,
      String passwd,
      String group) {}

  private final Path folder;
  private final long maxBytes;

  SeedStore(Path folder, long maxBytes) throws IOException {
    this.folder = folder;
    this.maxBytes = maxBytes;
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    for (var left : list(UNFINISHED + "*")) {
      delete(left);
    }
  }

  /** Finds what is kept under the key; removes it, and is empty, if it is damaged. */
  Optional<ImageFiles> find(String key) throws IOException {
    var kept = folder.resolve(key);
    if (!Files.exists(kept)) {
      return Optional.empty();
    }
    try {
      return Optional.of(load(kept));
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("The cached seed {} is damaged and will be taken out of its image again", kept, e);
      delete(kept);
      return Optional.empty();
    }
  }

  /** Takes in what an image has; nothing is kept unless all of it arrives. */
  ImageFiles add(String key, ImageSource image, String seedFolder) throws IOException {
    var unfinished = Files.createTempDirectory(folder, UNFINISHED);
    try {
      try (var blob = FileChannel.open(unfinished.resolve(BLOB), CREATE_NEW, WRITE)) {
        var intake = new SeedIntake(blob, maxBytes);
        var archive = image.archive(seedFolder);
        if (archive.isPresent()) {
          try (var in = archive.get()) {
            intake.read(in);
          }
        }
        blob.force(true);
        var passwd = text(image, "/etc/passwd");
        var group = text(image, "/etc/group");
        var index = new Index(intake.manifest(), intake.offsets(), blob.size(), passwd, group);
        writeDurably(unfinished.resolve(INDEX), JSON.writeValueAsBytes(index));
      }
      sync(unfinished);
      Files.move(unfinished, folder.resolve(key), ATOMIC_MOVE);
      sync(folder);
    } catch (IOException | RuntimeException e) {
      delete(unfinished);
      throw e;
    }
    var files = load(folder.resolve(key));
    makeRoomFor(key);
    return files;
  }

  /** Notes that somebody needs it now. */
  void used(String key) throws IOException {
    try {
      Files.setLastModifiedTime(folder.resolve(key).resolve(INDEX), FileTime.from(Instant.now()));
    } catch (NoSuchFileException left) {
      // It had to make room, and lives on in memory.
    }
  }

  private static ImageFiles load(Path kept) throws IOException {
    var index = JSON.readValue(Files.readAllBytes(kept.resolve(INDEX)), Index.class);
    // Never closed by name: it closes itself when nobody holds the seed any more, so a seed in use
    // outlives its place in the cache.
    var blob = FileChannel.open(kept.resolve(BLOB), READ);
    if (blob.size() != index.length) {
      blob.close();
      throw new IOException(blob.size() + " bytes instead of " + index.length);
    }
    var seed =
        new Seed(
            index.manifest,
            (file, position, into) -> blob.read(into, index.offsets.get(file) + position));
    return new ImageFiles(seed, index.passwd, index.group);
  }

  private static String text(ImageSource image, String path) throws IOException {
    var archive = image.archive(path);
    if (archive.isEmpty()) {
      return "";
    }
    try (var in = archive.get()) {
      var tar = new TarReader(in);
      var entry = tar.next();
      if (entry.isPresent() && entry.get().kind() == TarReader.Kind.FOLDER) {
        throw new SpawnRefused(
            "bad-image",
            "This image has a folder in " + path + ", where a file belongs.",
            "Choose another environment, and have this image corrected.");
      }
      var text = new ByteArrayOutputStream();
      if (entry.isPresent() && entry.get().kind() == TarReader.Kind.FILE) {
        var buffer = new byte[8192];
        for (int n; (n = tar.read(buffer)) >= 0 && text.size() < LONGEST_TEXT; ) {
          text.write(buffer, 0, n);
        }
      }
      in.transferTo(OutputStream.nullOutputStream());
      return text.toString(StandardCharsets.UTF_8);
    }
  }

  /** Lets the seeds go that were unused for longest, but never this one. */
  private synchronized void makeRoomFor(String key) throws IOException {
    var others = new ArrayList<>(list("[0-9a-f]*"));
    others.removeIf(kept -> kept.endsWith(key));
    others.sort(Comparator.comparing(SeedStore::lastUse));
    var total = size(folder.resolve(key));
    for (var other : others) {
      total += size(other);
    }
    for (var oldest : others) {
      if (total <= maxBytes) {
        return;
      }
      total -= size(oldest);
      delete(oldest);
      LOG.info("The cached seed {} had to make room", oldest);
    }
  }

  private static FileTime lastUse(Path kept) {
    try {
      return Files.getLastModifiedTime(kept.resolve(INDEX));
    } catch (IOException damaged) {
      return FileTime.fromMillis(0);
    }
  }

  private static long size(Path kept) throws IOException {
    var blob = kept.resolve(BLOB);
    return Files.exists(blob) ? Files.size(blob) : 0;
  }

  private List<Path> list(String glob) throws IOException {
    try (var entries = Files.newDirectoryStream(folder, glob)) {
      return StreamSupport.stream(entries.spliterator(), false).toList();
    }
  }

  /** The index first: without it, what is left is nothing. */
  private static void delete(Path kept) throws IOException {
    Files.deleteIfExists(kept.resolve(INDEX));
    Files.deleteIfExists(kept.resolve(BLOB));
    Files.deleteIfExists(kept);
  }

  private static void writeDurably(Path file, byte[] content) throws IOException {
    try (var out = FileChannel.open(file, CREATE_NEW, WRITE)) {
      Channels.newOutputStream(out).write(content);
      out.force(true);
    }
  }

  private static void sync(Path directory) throws IOException {
    try (var opened = FileChannel.open(directory, READ)) {
      opened.force(true);
    }
  }
}
