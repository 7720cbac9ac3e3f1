package org.homeport.spawn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeWalkTest {
  @TempDir Path top;
  private final List<String> seen = new ArrayList<>();

  @Test
  void everythingBelowIsSeenOnceAndAFolderBeforeWhatIsInIt() throws IOException {
    Files.createDirectories(top.resolve("a/b"));
    Files.writeString(top.resolve("a/b/file"), "x");
    Files.writeString(top.resolve("other"), "x");

    walk(new Seen(RawPath.TOP));

    assertThat(seen).containsExactlyInAnyOrder("a", "other", ".", "a/b", "a.", "a/b/file", "a/b.");
    assertThat(seen).containsSubsequence("a", ".", "a/b", "a.", "a/b/file", "a/b.");
  }

  @Test
  void aWalkGoesThroughNoLink() throws IOException {
    var elsewhere = Files.createDirectory(top.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("secret"), "x");
    var home = Files.createDirectory(top.resolve("home"));
    Files.createSymbolicLink(home.resolve("link"), elsewhere);

    try (var directory = Directory.open(home)) {
      TreeWalk.through(directory, new Seen(RawPath.TOP));
    }

    assertThat(seen).containsExactly("link", ".");
  }

  @Test
  void anEntryThatFailsIsNamedAndEndsNothingElse() throws IOException {
    for (var name : List.of("one", "bad", "two")) {
      Files.writeString(top.resolve(name), "x");
    }

    walk(
        new Seen(RawPath.TOP) {
          @Override
          public boolean look(RawPath name, Attributes found) throws IOException {
            if (name.text().equals("bad")) {
              throw new AccessDeniedException("bad");
            }
            return super.look(name, found);
          }
        });

    assertThat(seen).containsExactlyInAnyOrder("one", "two", "failed bad", ".");
  }

  @Test
  void whatIsNotAFaultOfAFileEndsTheWalk() throws IOException {
    Files.writeString(top.resolve("one"), "x");

    assertThatThrownBy(
            () ->
                walk(
                    new Seen(RawPath.TOP) {
                      @Override
                      public boolean look(RawPath name, Attributes found) throws IOException {
                        throw new IOException("the other end is gone");
                      }
                    }))
        .hasMessage("the other end is gone");
  }

  @Test
  void aFolderThatIsTooDeepIsNamed() throws IOException {
    makeDeep(TreeWalk.DEEPEST + 2);

    walk(new Seen(RawPath.TOP));

    assertThat(seen).filteredOn(line -> line.startsWith("failed")).hasSize(1);
    assertThat(seen).filteredOn(line -> line.endsWith(".")).hasSize(TreeWalk.DEEPEST + 1);
  }

  @Test
  void aFolderOfManyNamesIsReadToItsEnd() throws IOException {
    for (var number = 0; number < 3000; number++) {
      Files.createFile(top.resolve("a file with a name of some length " + number));
    }

    walk(new Seen(RawPath.TOP));

    assertThat(seen)
        .filteredOn(line -> !line.equals("..."))
        .doesNotHaveDuplicates()
        .hasSize(3001)
        .endsWith(".");
  }

  @Test
  void aBigFolderIsWalkedAPartAtATimeWithItsFoldersBetween() throws IOException {
    for (var number = 0; number < TreeWalk.AT_ONCE + 1; number++) {
      Files.createDirectory(top.resolve("folder " + number));
    }

    walk(new Seen(RawPath.TOP));

    assertThat(seen.subList(0, TreeWalk.AT_ONCE)).noneMatch(line -> line.endsWith("."));
    assertThat(seen.get(TreeWalk.AT_ONCE)).isEqualTo("...");
    assertThat(seen.get(TreeWalk.AT_ONCE + 1)).isEqualTo(seen.get(0) + ".");
    assertThat(seen).endsWith(".", seen.get(seen.size() - 3) + ".");
  }

  @Test
  void aFolderOfExactlyOnePartIsNotBig() throws IOException {
    for (var number = 0; number < TreeWalk.AT_ONCE; number++) {
      Files.createFile(top.resolve("file " + number));
    }

    walk(new Seen(RawPath.TOP));

    assertThat(seen).hasSize(TreeWalk.AT_ONCE + 1).endsWith(".").doesNotContain("...");
  }

  @Test
  void aNameThatIsNotChosenIsNotLookedAt() throws IOException {
    Files.createDirectory(top.resolve("mount"));
    Files.createFile(top.resolve("file"));

    walk(
        new Seen(RawPath.TOP) {
          @Override
          public List<RawPath> choose(List<RawPath> names, boolean hasMore) {
            return names.stream().filter(name -> !name.text().equals("mount")).toList();
          }
        });

    assertThat(seen).containsExactly("file", ".");
  }

  @Test
  void aFaultWhileChoosingCutsTheFolderOffAndNothingElse() throws IOException {
    Files.createFile(top.resolve("file"));

    walk(
        new Seen(RawPath.TOP) {
          @Override
          public List<RawPath> choose(List<RawPath> names, boolean hasMore) throws IOException {
            throw new AccessDeniedException("rules");
          }
        });

    assertThat(seen).containsExactly("cut off ", ".");
  }

  private void walk(FolderVisitor visitor) throws IOException {
    try (var directory = Directory.open(top)) {
      TreeWalk.through(directory, visitor);
    }
  }

  private void makeDeep(int levels) throws IOException {
    var name = RawPath.of("d");
    var at = Directory.open(top);
    for (var level = 0; level < levels; level++) {
      try (var parent = at) {
        parent.makeFolder(name);
        at = parent.folder(name);
      }
    }
    at.close();
  }

  /** Notes each entry by its path, the end of each folder by a dot, and of a part by three. */
  private class Seen implements FolderVisitor {
    private final RawPath path;

    Seen(RawPath path) {
      this.path = path;
    }

    @Override
    public boolean look(RawPath name, Attributes found) throws IOException {
      seen.add(path.resolve(name).text());
      return true;
    }

    @Override
    public void failed(RawPath name, FileSystemException why) {
      seen.add("failed " + path.resolve(name));
    }

    @Override
    public void cutOff(FileSystemException why) {
      seen.add("cut off " + path);
    }

    @Override
    public void pause() {
      seen.add(path + "...");
    }

    @Override
    public void end() {
      seen.add(path + ".");
    }

    @Override
    public FolderVisitor enter(RawPath name, Directory folder) {
      return new Seen(path.resolve(name));
    }
  }
}
