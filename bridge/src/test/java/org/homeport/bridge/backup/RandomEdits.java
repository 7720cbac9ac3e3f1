package org.homeport.bridge.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.homeport.bridge.remote.Md5;

/** Does to a home what people do: write, delete, rename, link, and put one kind for another. */
final class RandomEdits {
  /** The folder into which restores go; no edit touches it. */
  static final String RESTORED = "restored";

  /** Stays, so that the home is never taken for a disk that is not mounted. */
  private static final String ANCHOR = "anchor.txt";

  private static final List<String> FOLDERS = List.of("", "a/", "a/b/", "c/", "ä 1/");
  private static final List<String> NAMES = List.of("x", "y.ipynb", "a", "b", "'q' %41", "日本");
  private static final int MOST_BYTES = 3_000;

  private final TestHome home;
  private final Random random;

  RandomEdits(TestHome home, Random random) {
    this.home = home;
    this.random = random;
    home.write(ANCHOR, "stays");
  }

  /** Makes one to five edits. */
  void some() {
    for (var left = 1 + random.nextInt(5); left > 0; left--) {
      one();
    }
  }

  private void one() {
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> write(anyPath());
      case 4 -> existing(Files::isRegularFile).ifPresent(this::write);
      case 5, 6 -> existing(path -> true).ifPresent(home::delete);
      case 7 -> existing(path -> true).ifPresent(path -> rename(path, anyPath()));
      case 8 -> link(anyPath());
      default -> {
        var path = anyPath();
        clear(path);
        home.folder(path);
      }
    }
  }

  private void write(String path) {
    clear(path);
    var bytes = new byte[random.nextInt(8) == 0 ? 0 : random.nextInt(MOST_BYTES)];
    random.nextBytes(bytes);
    home.write(path, bytes);
  }

  private void link(String path) {
    clear(path);
    makeFolderAbove(path);
    home.link(path, "to " + random.nextInt(100));
  }

  private void rename(String from, String to) {
    if (to.equals(from) || to.startsWith(from + "/") || from.startsWith(to + "/")) {
      return;
    }
    clear(to);
    makeFolderAbove(to);
    try {
      if (Files.exists(home.path(from), LinkOption.NOFOLLOW_LINKS)) {
        Files.move(home.path(from), home.path(to));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeFolderAbove(String path) {
    if (path.contains("/")) {
      home.folder(path.substring(0, path.lastIndexOf('/')));
    }
  }

  /** Removes what is at the path, and what is not a folder above it. */
  private void clear(String path) {
    for (var end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      var above = home.path(path.substring(0, end));
      if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
        home.delete(path.substring(0, end));
      }
    }
    if (Files.exists(home.path(path), LinkOption.NOFOLLOW_LINKS)) {
      home.delete(path);
    }
  }

  private String anyPath() {
    return FOLDERS.get(random.nextInt(FOLDERS.size())) + NAMES.get(random.nextInt(NAMES.size()));
  }

  private Optional<String> existing(Predicate<Path> filter) {
    var paths = new ArrayList<String>();
    for (var path : all()) {
      if (filter.test(path) && !name(path).equals(ANCHOR)) {
        paths.add(name(path));
      }
    }
    return paths.isEmpty()
        ? Optional.empty()
        : Optional.of(paths.get(random.nextInt(paths.size())));
  }

  /** The MD5 of each file; empty for a folder. */
  Map<String, String> contents() {
    var contents = new TreeMap<String, String>();
    for (var path : all()) {
      if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        contents.put(shown(path), "");
      } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        contents.put(shown(path), md5(path));
      }
    }
    return contents;
  }

  private List<Path> all() {
    try (var all = Files.walk(home.account().home())) {
      return all.filter(path -> !path.equals(home.account().home())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String name(Path path) {
    return home.account().home().relativize(path).toString();
  }

  /** The names as a remote spells them; only one of them is not spelt as it is. */
  private String shown(Path path) {
    return name(path).replace("%41", "%2541");
  }

  private static String md5(Path path) {
    try {
      return Md5.of(Files.readAllBytes(path)).hex();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
