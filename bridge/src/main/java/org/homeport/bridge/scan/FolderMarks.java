package org.homeport.bridge.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.homeport.bridge.run.Skipped;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;

/**
 * The files in a folder that say what to save of it: the user's rules, and the marks by which
 * programs know what they made.
 *
 * @param names in the folder; of a big one only the first
 */
record FolderMarks(Directory directory, String path, List<RawPath> names, boolean isBig) {
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

  /**
   * The rules that hold in the folder and below.
   *
   * @param skipped hears of rules that are too many to be followed
   */
  IgnoreRules rules(IgnoreRules above, Consumer<Skipped> skipped) throws IOException {
    var file = RawPath.of(IgnoreRules.FILE);
    var rules = has(RawPath.of(PYTHON_MARK)) ? above.with(path, PYTHON_RULES).orElse(above) : above;
    if (!has(file) || !isFile(directory.attributes(file))) {
      return rules;
    }
    var more = rules.with(path, read(file, IgnoreRules.MOST_BYTES + 1));
    if (more.isEmpty()) {
      var own = Paths.join(path, IgnoreRules.FILE);
      skipped.accept(new Skipped(own, Reason.TOO_MANY_RULES, IgnoreRules.LIMITS));
    }
    return more.orElse(rules);
  }

  /** Tells whether a program can make the folder's content again, as the folder itself says. */
  Optional<Skipped> remade(IgnoreRules rules) throws IOException {
    if (path.isEmpty()) {
      return Optional.empty();
    }
    for (var name : MARKS) {
      if (!has(name)) {
        continue;
      }
      var found =
          switch (name.text()) {
            case PYTHON_MARK ->
                !isBig && isNothingElse()
                    ? skipped(Reason.ENVIRONMENT, "a Python environment")
                    : Optional.<Skipped>empty();
            case CONDA_MARK -> skipped(Reason.ENVIRONMENT, "a conda environment");
            case CACHE_TAG ->
                isCache()
                    ? skipped(Reason.CACHE, "marked as a cache by " + CACHE_TAG)
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
  private boolean has(RawPath name) throws IOException {
    return isBig ? directory.attributes(name).isPresent() : names.contains(name);
  }

  private boolean isNothingElse() {
    return names.stream().allMatch(name -> PYTHON_MADE.contains(name.text()));
  }

  private boolean isCache() throws IOException {
    var tag = RawPath.of(CACHE_TAG);
    return isFile(directory.attributes(tag))
        && Arrays.equals(read(tag, CACHE_SIGNATURE.length), CACHE_SIGNATURE);
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

  private Optional<Skipped> skipped(Reason reason, String detail) {
    return Optional.of(new Skipped(path, reason, detail));
  }
}
