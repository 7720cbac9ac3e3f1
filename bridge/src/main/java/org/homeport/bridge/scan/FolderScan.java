package org.homeport.bridge.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.scan.ScannedFolder.Part;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;

/** Looks through one folder of a tree: sorts what is to be saved from what is not. */
final class FolderScan {
  /** So many entries are in memory, of each folder on the way down. */
  static final int AT_ONCE = 1000;

  /** A folder per level is held open, and deeper trees fit neither a path nor a remote. */
  private static final int MAX_DEPTH = 255;

  /** Reasons that say nothing about what was saved before. */
  private static final Set<Reason> UNSEEN =
      EnumSet.of(Reason.UNREADABLE, Reason.OTHER_FILE_SYSTEM, Reason.TOO_DEEP);

  private static final String PYTHON_MARK = "pyvenv.cfg";
  private static final String CONDA_MARK = "conda-meta";
  private static final String CACHE_TAG = "CACHEDIR.TAG";
  private static final List<RawPath> MARKS =
      Stream.of(PYTHON_MARK, CONDA_MARK, CACHE_TAG).map(RawPath::of).toList();
  private static final byte[] CACHE_SIGNATURE =
      "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

  /** The files of an environment to which nobody has added any. */
  private static final Set<String> PYTHON_MADE =
      Set.of(PYTHON_MARK, ".gitignore", "bin", "etc", "include", "lib", "lib64", "share");

  /** Some work in the folder that they made an environment of: only its packages are left out. */
  private static final byte[] PYTHON_RULES = "/lib/python*/".getBytes(StandardCharsets.US_ASCII);

  /** The kernel takes no longer path, and no remote either. */
  private static final int LONGEST_PATH = 4095;

  private static final String BEYOND = "another file system, mounted in the home";

  private final ChosenFolders chosen;
  private final Boundary boundary;
  private final Directory directory;
  private final String path;
  private final int depth;
  private List<ScannedEntry> entries = new ArrayList<>();
  private List<Skipped> skipped = new ArrayList<>();
  private Set<String> unseen = new HashSet<>();
  private Optional<IgnoreRules> rules = Optional.empty();
  private boolean isBig;
  private boolean isRemade;

  /** Takes a part of what is in the folder, and the rules that hold below it. */
  interface Taker {
    void take(ScannedFolder part, IgnoreRules rules);
  }

  FolderScan(ChosenFolders chosen, Boundary boundary, Directory directory, String path, int depth) {
    this.chosen = chosen;
    this.boundary = boundary;
    this.directory = directory;
    this.path = path;
    this.depth = depth;
  }

  /** Looks at everything in the folder, a part at a time. */
  void look(IgnoreRules above, Taker taker) {
    var names = new ArrayList<RawPath>();
    var complete = true;
    try {
      directory.eachName(
          name -> {
            if (names.size() == AT_ONCE) {
              isBig = true;
              look(names, above);
              names.clear();
              taker.take(result(Part.SOME, false), rules.orElseThrow());
            }
            names.add(name);
          });
      look(names, above);
    } catch (IOException e) {
      complete = false;
      skipped.add(new Skipped(path, Reason.UNREADABLE, TreeScan.reason(e)));
    }
    // What was saved from here before it was remade by a program is not gone.
    var part = isBig ? Part.LAST : Part.WHOLE;
    taker.take(result(part, complete && !isRemade), rules.orElse(above));
  }

  private void look(List<RawPath> names, IgnoreRules above) throws IOException {
    if (rules.isEmpty()) {
      rules = Optional.of(rules(names, above));
      var remade = remade(names, rules.get());
      remade.ifPresent(skipped::add);
      isRemade = remade.isPresent();
    }
    for (var name : isRemade ? List.<RawPath>of() : names) {
      look(name, rules.get());
    }
  }

  private ScannedFolder result(Part part, boolean complete) {
    var result = new ScannedFolder(path, entries, skipped, unseen, part, complete);
    entries = new ArrayList<>();
    skipped = new ArrayList<>();
    unseen = new HashSet<>();
    return result;
  }

  /** One entry that cannot be looked at says nothing about the others. */
  private void look(RawPath name, IgnoreRules rules) {
    var at = Paths.join(path, name.text());
    if (boundary.isMount(at)) {
      skip(name, new Skipped(at, Reason.OTHER_FILE_SYSTEM, BEYOND));
      return;
    }
    try {
      var entry = entry(name);
      if (entry.isPresent()) {
        leftOut(entry.get(), rules)
            .ifPresentOrElse(why -> skip(name, why), () -> entries.add(entry.get()));
      }
    } catch (IOException e) {
      skip(name, new Skipped(at, Reason.UNREADABLE, TreeScan.reason(e)));
    }
  }

  private void skip(RawPath name, Skipped why) {
    skipped.add(why);
    if (UNSEEN.contains(why.reason())) {
      unseen.add(name.text());
    }
  }

  private Optional<ScannedEntry> entry(RawPath name) throws IOException {
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

  private Optional<Skipped> leftOut(ScannedEntry entry, IgnoreRules rules) {
    var path = entry.path();
    var isFolder = entry.attributes().kind() == Kind.FOLDER;
    if (!chosen.touch(path, isFolder)) {
      return skipped(path, Reason.NOT_CHOSEN, "not in a folder that is backed up");
    }
    if (rules.ignores(entry).orElse(false)) {
      return skipped(path, Reason.IGNORED, "left out by a rule");
    }
    if (boundary.isBeyond(entry.attributes())) {
      return skipped(path, Reason.OTHER_FILE_SYSTEM, BEYOND);
    }
    if (entry.attributes().kind() == Kind.OTHER) {
      return skipped(path, Reason.SPECIAL, "a fifo, a socket or a device");
    }
    if (isFolder && depth == MAX_DEPTH) {
      return skipped(path, Reason.TOO_DEEP, "deeper than " + MAX_DEPTH + " folders");
    }
    return path.length() > LONGEST_PATH
        ? skipped(path, Reason.TOO_DEEP, "a path of more than " + LONGEST_PATH + " characters")
        : Optional.empty();
  }

  /** Tells whether a program can make the folder's content again, as the folder itself says. */
  private Optional<Skipped> remade(List<RawPath> names, IgnoreRules rules) throws IOException {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    for (var name : MARKS) {
      if (!has(name, names)) {
        continue;
      }
      var found =
          switch (name.text()) {
            case PYTHON_MARK ->
                !isBig && isNothingElse(names)
                    ? skipped(path, Reason.ENVIRONMENT, "a Python environment")
                    : Optional.<Skipped>empty();
            case CONDA_MARK -> skipped(path, Reason.ENVIRONMENT, "a conda environment");
            case CACHE_TAG ->
                isCache()
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

  /** Whether the folder has something of this name, of which only a part is known yet. */
  private boolean has(RawPath name, List<RawPath> names) throws IOException {
    return isBig ? directory.attributes(name).isPresent() : names.contains(name);
  }

  private static boolean isNothingElse(List<RawPath> names) {
    return names.stream().allMatch(name -> PYTHON_MADE.contains(name.text()));
  }

  private boolean isCache() throws IOException {
    var tag = RawPath.of(CACHE_TAG);
    return isFile(directory.attributes(tag))
        && Arrays.equals(read(tag, CACHE_SIGNATURE.length), CACHE_SIGNATURE);
  }

  private IgnoreRules rules(List<RawPath> names, IgnoreRules above) throws IOException {
    var file = RawPath.of(IgnoreRules.FILE);
    var rules =
        has(RawPath.of(PYTHON_MARK), names) ? above.with(path, PYTHON_RULES).orElse(above) : above;
    if (!has(file, names) || !isFile(directory.attributes(file))) {
      return rules;
    }
    var more = rules.with(path, read(file, IgnoreRules.MOST_BYTES + 1));
    if (more.isEmpty()) {
      var own = Paths.join(path, IgnoreRules.FILE);
      skipped.add(new Skipped(own, Reason.TOO_MANY_RULES, IgnoreRules.LIMITS));
    }
    return more.orElse(rules);
  }

  private static boolean isFile(Optional<Attributes> attributes) {
    return attributes.filter(found -> found.kind() == Kind.FILE).isPresent();
  }

  private byte[] read(RawPath name, int atMost) throws IOException {
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
}
