package org.homeport.spawn.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.homeport.spawn.files.DerivedName;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.files.RawText;
import org.homeport.spawn.hash.Sha256;
import org.homeport.spawn.refusal.SpawnRefused;

/**
 * Takes in the archive of a seed folder: the bytes of its files go one after the other into one
 * file, all else into a manifest. Believes nothing that the archive says.
 */
final class SeedIntake {
  private static final int MOST_ENTRIES = 100_000;
  private static final int LONGEST_PATH = 1024;
  private static final int LONGEST_LINK = 4095;
  private static final int BUFFER = 64 * 1024;

  private final FileChannel blob;
  private final long maxBytes;
  private final Map<RawPath, SeedEntry> entries = new TreeMap<>();
  private final Map<RawPath, Long> offsets = new HashMap<>();
  private final byte[] buffer = new byte[BUFFER];
  private long length;

  SeedIntake(FileChannel blob, long maxBytes) {
    this.blob = blob;
    this.maxBytes = maxBytes;
  }

  SeedManifest manifest() {
    return new SeedManifest(entries);
  }

  /** The position of the first byte of each file. */
  Map<RawPath, Long> offsets() {
    return offsets;
  }

  void read(InputStream archive) throws IOException {
    var tar = new TarReader(archive);
    for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
      var path = pathOf(entry.get().name());
      if (path.isPresent()) {
        take(path.get(), entry.get(), tar);
      }
    }
    // An engine may hold the container until its stream is read to the last byte of padding.
    archive.transferTo(OutputStream.nullOutputStream());
  }

  private void take(RawPath path, TarReader.Entry entry, TarReader tar) throws IOException {
    switch (entry.kind()) {
      case FILE -> {
        var start = length;
        put(path, store(entry, tar));
        offsets.put(path, start);
      }
      case HARD_LINK -> {
        var other = pathOf(entry.link()).filter(offsets::containsKey);
        if (other.isPresent()) {
          put(path, entries.get(other.get()));
          offsets.put(path, offsets.get(other.get()));
        }
      }
      case LINK -> put(path, link(path, entry));
      case FOLDER -> put(path, new SeedEntry.Folder(entry.mode(), entry.mtime()));
      case OTHER -> {
        // A device, a fifo: nothing that belongs in a home.
      }
    }
  }

  private void put(RawPath path, SeedEntry entry) {
    for (var up = path.parent(); !up.isTop(); up = up.parent()) {
      var known = entries.putIfAbsent(up, new SeedEntry.Folder(0755, entry.mtime()));
      if (known instanceof SeedEntry.Folder) {
        break;
      }
      if (known != null) {
        throw unfit("has something below " + up + ", which is not a folder");
      }
    }
    var before = entries.put(path, entry);
    offsets.remove(path);
    if (before instanceof SeedEntry.Folder && !(entry instanceof SeedEntry.Folder)) {
      throw unfit("has " + path + " as a folder and as something else");
    }
    if (entries.size() > MOST_ENTRIES) {
      throw unfit("has more than " + MOST_ENTRIES + " files");
    }
  }

  private SeedEntry store(TarReader.Entry entry, TarReader tar) throws IOException {
    var start = length;
    var digest = Sha256.begin();
    int count;
    while ((count = tar.read(buffer)) >= 0) {
      length += count;
      if (length > maxBytes) {
        throw new SpawnRefused(
            "seed-too-large",
            "The seed folder of this image holds more than " + (maxBytes >> 20) + " MiB.",
            "Raise the size of the seed cache, or make the image's seed folder smaller.");
      }
      digest.update(buffer, 0, count);
      for (var rest = ByteBuffer.wrap(buffer, 0, count); rest.hasRemaining(); ) {
        blob.write(rest);
      }
    }
    return new SeedEntry.File(entry.mode(), entry.mtime(), length - start, Sha256.hex(digest));
  }

  private static SeedEntry link(RawPath path, TarReader.Entry entry) {
    var target = RawText.of(entry.link());
    if (target.isEmpty() || entry.link().length > LONGEST_LINK || target.indexOf('\0') >= 0) {
      throw unfit("has a link at " + path + " that no file system can hold");
    }
    return new SeedEntry.Link(target, entry.mtime());
  }

  /** The path below the seed folder, whose name leads every name; empty for the folder itself. */
  private static Optional<RawPath> pathOf(byte[] name) {
    var text = RawText.of(name);
    var inside = text.indexOf('/') + 1;
    try {
      // A folder's name may end in a slash.
      var path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      if (inside == 1 || path.equals("..") || path.startsWith("../")) {
        throw new IllegalArgumentException("outside");
      }
      return inside == 0 || inside > path.length()
          ? Optional.empty()
          : Optional.of(fitting(new RawPath(path.substring(inside))));
    } catch (IllegalArgumentException e) {
      throw unfit("names '" + text + "', which is not in its seed folder");
    }
  }

  private static RawPath fitting(RawPath path) {
    var longest = path.names().stream().mapToInt(name -> name.bytes().length).max().orElse(0);
    if (longest > DerivedName.LONGEST || path.bytes().length > LONGEST_PATH) {
      throw unfit("has a name that is too long: '" + path.text().substring(0, 40) + "…'");
    }
    return path;
  }

  private static SpawnRefused unfit(String what) {
    return new SpawnRefused(
        "bad-seed",
        "The archive of this image's seed folder " + what + ".",
        "Start another environment, and have this image's seed folder looked at: no usual build"
            + " makes such a thing.");
  }
}
