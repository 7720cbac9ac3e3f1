package org.homeport.bridge.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.index.Paths;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;

/**
 * Looks through a home once, folder by folder, and reads the attributes of everything in it once.
 * Runs as the owner, opens nothing but folders and the ignore files, and follows no link.
 */
public final class TreeScan {
  /** A folder per level is held open, and deeper trees fit neither a path nor a far end. */
  private static final int MAX_DEPTH = 255;

  private static final String PYTHON_MARK = "pyvenv.cfg";
  private static final String CACHE_TAG = "CACHEDIR.TAG";
  private static final byte[] CACHE_SIGNATURE =
      "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

  /** What is found in an environment in which nobody put anything else. */
  private static final Set<String> PYTHON_MADE =
      Set.of(PYTHON_MARK, ".gitignore", "bin", "etc", "include", "lib", "lib64", "share");

  /** Some work in the folder that they made an environment of: only its packages are left out. */
  private static final byte[] PYTHON_RULES = "/lib/python*/".getBytes(StandardCharsets.US_ASCII);

  private final ChosenFolders chosen;
  private final Handover.Taker<ScannedFolder> taker;

  private TreeScan(ChosenFolders chosen, Handover.Taker<ScannedFolder> taker) {
    this.chosen = chosen;
    this.taker = taker;
  }

  /**
   * Hands over every folder of the home, each after the one that it lies in.
   *
   * @throws IOException when the home itself cannot be read: then nothing is known to be gone
   */
  public static void of(Path home, ChosenFolders chosen, Handover.Taker<ScannedFolder> taker)
      throws IOException {
    try (var directory = Directory.open(home)) {
      directory.names();
      new TreeScan(chosen, taker).folder(directory, "", 0, IgnoreRules.defaults());
    }
  }

  private void folder(Directory directory, String path, int depth, IgnoreRules above)
      throws IOException {
    var entries = new ArrayList<ScannedEntry>();
    var skipped = new ArrayList<Skipped>();
    var complete = true;
    var rules = above;
    try {
      var names = directory.names();
      rules = rules(directory, path, names, above, skipped);
      var remade = remade(directory, path, names, rules);
      remade.ifPresent(skipped::add);
      // What was saved from here before it was one is not gone.
      complete = remade.isEmpty();
      for (var name : remade.isPresent() ? List.<RawPath>of() : names) {
        var entry = entry(directory, path, name);
        if (entry.isPresent()) {
          var reason = leftOut(entry.get(), depth, rules);
          reason.ifPresentOrElse(skipped::add, () -> entries.add(entry.get()));
        }
      }
    } catch (IOException e) {
      complete = false;
      skipped.add(new Skipped(path, Reason.UNREADABLE, reason(e)));
    }
    taker.take(new ScannedFolder(path, entries, skipped, complete));
    for (var entry : entries) {
      if (entry.attributes().kind() == Kind.FOLDER) {
        below(directory, entry, depth + 1, rules);
      }
    }
  }

  private void below(Directory parent, ScannedEntry entry, int depth, IgnoreRules rules) {
    try (var directory = parent.folder(new RawPath(entry.name()))) {
      folder(directory, entry.path(), depth, rules);
    } catch (IOException e) {
      // Gone meanwhile, or closed to its owner. What was in it is not known to be gone.
      var skipped = new Skipped(entry.path(), Reason.UNREADABLE, reason(e));
      taker.take(new ScannedFolder(entry.path(), List.of(), List.of(skipped), false));
    }
  }

  private static Optional<ScannedEntry> entry(Directory directory, String path, RawPath name)
      throws IOException {
    var found = directory.attributes(name);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var attributes = found.get();
    var target =
        attributes.kind() == Kind.LINK
            ? Optional.of(directory.linkTarget(name))
            : Optional.<String>empty();
    return Optional.of(new ScannedEntry(path, name.text(), attributes, target));
  }

  private Optional<Skipped> leftOut(ScannedEntry entry, int depth, IgnoreRules rules) {
    var isFolder = entry.attributes().kind() == Kind.FOLDER;
    if (!chosen.touch(entry.path(), isFolder)) {
      return skipped(entry.path(), Reason.NOT_CHOSEN, "not in a folder that is backed up");
    }
    if (entry.attributes().kind() == Kind.OTHER) {
      return skipped(entry.path(), Reason.SPECIAL, "a fifo, a socket or a device");
    }
    if (isFolder && depth == MAX_DEPTH) {
      return skipped(entry.path(), Reason.TOO_DEEP, "deeper than " + MAX_DEPTH + " folders");
    }
    return rules.ignores(entry).orElse(false)
        ? skipped(entry.path(), Reason.IGNORED, "left out by a rule")
        : Optional.empty();
  }

  /** Whether the folder says of itself that its content can be made again by a program. */
  private static Optional<Skipped> remade(
      Directory folder, String path, List<RawPath> names, IgnoreRules rules) throws IOException {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    for (var name : names) {
      var found =
          switch (name.text()) {
            case PYTHON_MARK ->
                isNothingElse(names)
                    ? skipped(path, Reason.ENVIRONMENT, "a Python environment")
                    : Optional.<Skipped>empty();
            case "conda-meta" -> skipped(path, Reason.ENVIRONMENT, "a conda environment");
            case CACHE_TAG ->
                isCache(folder)
                    ? skipped(path, Reason.CACHE, "marked as a cache by " + CACHE_TAG)
                    : Optional.<Skipped>empty();
            default -> Optional.<Skipped>empty();
          };
      if (found.isPresent() && rules.ignores(path).isEmpty()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isNothingElse(List<RawPath> names) {
    return names.stream().allMatch(name -> PYTHON_MADE.contains(name.text()));
  }

  private static boolean isCache(Directory folder) throws IOException {
    var tag = RawPath.of(CACHE_TAG);
    return isFile(folder.attributes(tag))
        && Arrays.equals(read(folder, tag, CACHE_SIGNATURE.length), CACHE_SIGNATURE);
  }

  private static IgnoreRules rules(
      Directory directory,
      String path,
      List<RawPath> names,
      IgnoreRules above,
      List<Skipped> skipped)
      throws IOException {
    var file = RawPath.of(IgnoreRules.FILE);
    var rules =
        names.contains(RawPath.of(PYTHON_MARK))
            ? above.with(path, PYTHON_RULES).orElse(above)
            : above;
    if (!names.contains(file) || !isFile(directory.attributes(file))) {
      return rules;
    }
    var more = rules.with(path, read(directory, file, IgnoreRules.MOST_BYTES + 1));
    if (more.isEmpty()) {
      var own = Paths.join(path, IgnoreRules.FILE);
      skipped.add(new Skipped(own, Reason.TOO_MANY_RULES, IgnoreRules.LIMITS));
    }
    return more.orElse(rules);
  }

  private static boolean isFile(Optional<Attributes> attributes) {
    return attributes.filter(found -> found.kind() == Kind.FILE).isPresent();
  }

  private static byte[] read(Directory directory, RawPath name, int atMost) throws IOException {
    try (var file = directory.read(name)) {
      var buffer = ByteBuffer.allocateDirect(atMost);
      while (buffer.hasRemaining() && file.read(buffer) >= 0) {
        // until it is full or the file ends
      }
      var bytes = new byte[buffer.flip().remaining()];
      buffer.get(bytes);
      return bytes;
    }
  }

  private static Optional<Skipped> skipped(String path, Reason reason, String detail) {
    return Optional.of(new Skipped(path, reason, detail));
  }

  /** The kernel's words, without the path, which the report has already. */
  public static String reason(IOException e) {
    return e instanceof FileSystemException failure && failure.getReason() != null
        ? failure.getReason()
        : e.getClass().getSimpleName();
  }
}
