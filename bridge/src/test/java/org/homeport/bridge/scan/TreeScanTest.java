package org.homeport.bridge.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.bridge.backup.TestHome;
import org.homeport.bridge.run.Skipped.Reason;
import org.homeport.spawn.files.TreeWalk;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.AsUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeScanTest {
  @TempDir Path place;
  private TestHome home;

  @BeforeEach
  void furnish() {
    home = new TestHome(place, "ada");
    home.write("a.txt", "a").folder("mnt").write("mnt/under", "x").write("z/z.txt", "z");
  }

  @Test
  void everyFolderComesAfterTheOneThatItLiesIn() throws IOException {
    home.write("z/y/x/deep.txt", "deep");
    assertThat(scan()).extracting(ScannedFolder::path).containsSubsequence("", "z", "z/y", "z/y/x");
  }

  @Test
  void aHomeBelowAFolderThatOnlyRootMayEnterIsScanned() throws IOException {
    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
    assertThat(paths(scan())).contains("a.txt", "mnt/under", "z/z.txt");
  }

  @Test
  void aMountWhoseProgramHasGoneIsSkippedByNameAndAllElseIsFound() throws IOException {
    var dead = TestMount.dead(home.path("mnt"), home.account().uid());
    try (dead) {
      assertThat(scan()).satisfies(TreeScanTest::isAllButTheMount);
    }
  }

  @Test
  void aMountThatLetsOnlySomebodyElseInIsSkippedByName() throws IOException {
    var other = TestMount.closed(home.path("mnt"), 0);
    try (other) {
      assertThat(scan()).satisfies(TreeScanTest::isAllButTheMount);
    }
  }

  @Test
  void aMountThatNeverAnswersIsSkippedByNameWithoutBeingAsked() throws IOException {
    var silent = TestMount.hanging(home.path("mnt"));
    try (silent) {
      assertThat(scan()).satisfies(TreeScanTest::isAllButTheMount);
    }
  }

  private static void isAllButTheMount(List<? extends ScannedFolder> folders) {
    assertThat(paths(folders)).containsExactlyInAnyOrder("a.txt", "z", "z/z.txt");
    assertThat(skipped(folders)).containsExactly(Map.entry("mnt", Reason.OTHER_FILE_SYSTEM));
    // It is complete without it, and the mount is not taken for deleted.
    assertThat(folders.get(0).complete()).isTrue();
    assertThat(folders.get(0).unseen()).containsExactly("mnt");
  }

  @Test
  void anotherFileSystemBelongsToTheTreeWhereTheSiteSaysSo() throws IOException {
    var disk = TestMount.tmpfs(home.path("mnt"));
    try (disk) {
      home.write("mnt/other.txt", "other");
      assertThat(paths(scan())).doesNotContain("mnt/other.txt");
      var crossing = new ScanScope(ChosenFolders.ALL, List.of(), true);
      assertThat(paths(scan(crossing))).contains("mnt", "mnt/other.txt");
    }
  }

  @Test
  void anEntryThatCannotBeLookedAtSaysNothingAboutItsNeighbours() throws IOException {
    var crossing = new ScanScope(ChosenFolders.ALL, List.of(), true);
    var dead = TestMount.dead(home.path("mnt"), home.account().uid());
    try (dead) {
      var folders = scan(crossing);
      assertThat(paths(folders)).containsExactlyInAnyOrder("a.txt", "z", "z/z.txt");
      assertThat(skipped(folders)).containsExactly(Map.entry("mnt", Reason.UNREADABLE));
      assertThat(folders.get(0).unseen()).containsExactly("mnt");
    }
  }

  @Test
  void aRuleOfTheSiteLeavesOutWhatTheUserCannotRead() throws IOException {
    home.folder("lost+found").mode("lost+found", "---------").write("site/secret", "s");
    var scope = new ScanScope(ChosenFolders.ALL, List.of("/site/"), false);
    var folders = scan(scope);
    assertThat(paths(folders)).contains("a.txt").noneMatch(path -> path.startsWith("site"));
    assertThat(skipped(folders))
        .containsOnly(Map.entry("lost+found", Reason.IGNORED), Map.entry("site", Reason.IGNORED));
  }

  @Test
  void aBigFolderComesInPartsAndItsFoldersBetweenThem() throws IOException {
    home.folder("big/below").write("big/.homeportignore", "skip*").write("big/skip", "s");
    for (var n = 0; n < 3 * TreeWalk.AT_ONCE; n++) {
      Files.createFile(home.path("big/file" + n));
    }
    home.write("big/below/deep.txt", "deep");
    var big = scan().stream().filter(folder -> folder.path().equals("big")).toList();
    assertThat(big).hasSizeGreaterThan(3);
    assertThat(big).last().matches(ScannedFolder::isLast).matches(ScannedFolder::complete);
    assertThat(big.subList(0, big.size() - 1)).noneMatch(ScannedFolder::isLast);
    assertThat(paths(scan()))
        .doesNotContain("big/skip")
        .contains("big/below/deep.txt")
        .doesNotHaveDuplicates()
        .filteredOn(path -> path.startsWith("big/file"))
        .hasSize(3 * TreeWalk.AT_ONCE);
  }

  @Test
  void aBigFolderOfACacheIsSkippedWhole() throws IOException {
    home.write("big/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
    for (var n = 0; n < 2 * TreeWalk.AT_ONCE; n++) {
      Files.createFile(home.path("big/file" + n));
    }
    var folders = scan();
    assertThat(paths(folders)).noneMatch(path -> path.startsWith("big/"));
    assertThat(skipped(folders)).containsExactly(Map.entry("big", Reason.CACHE));
  }

  @Test
  void tooManyRulesAreSaidAndNotFollowed() throws IOException {
    home.write(".homeportignore", "*\n".repeat(IgnoreRules.MOST_RULES + 1));
    var folders = scan();
    assertThat(paths(folders)).contains("a.txt");
    assertThat(skipped(folders))
        .containsExactly(Map.entry(".homeportignore", Reason.TOO_MANY_RULES));
  }

  @Test
  void aPathThatIsLongerThanTheKernelTakesIsSkipped() throws IOException {
    home.nest("n".repeat(200), 25);
    var folders = scan();
    assertThat(folders).allMatch(folder -> folder.path().length() <= 4095);
    assertThat(skipped(folders)).hasSize(1).containsValue(Reason.TOO_DEEP);
    home.empty(); // which JUnit cannot, by paths
  }

  private List<ScannedFolder> scan() throws IOException {
    return scan(ScanScope.ALL);
  }

  private List<ScannedFolder> scan(ScanScope scope) throws IOException {
    var folders = new ArrayList<ScannedFolder>();
    new HomeFiles(new AsUser())
        .act(home.account(), top -> TreeScan.of(home.account().home(), top, scope, folders::add));
    return folders;
  }

  private static List<String> paths(List<? extends ScannedFolder> folders) {
    return folders.stream()
        .flatMap(folder -> folder.entries().stream())
        .map(ScannedEntry::path)
        .toList();
  }

  private static Map<String, Reason> skipped(List<? extends ScannedFolder> folders) {
    var all = new TreeMap<String, Reason>();
    folders.stream()
        .flatMap(folder -> folder.skipped().stream())
        .forEach(one -> all.put(one.path(), one.reason()));
    return all;
  }
}
