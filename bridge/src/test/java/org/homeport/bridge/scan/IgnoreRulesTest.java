package org.homeport.bridge.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {
  @ParameterizedTest
  @CsvSource({
    "*.tmp, a.tmp, true",
    "*.tmp, deep/down/a.tmp, true",
    "*.tmp, a.tmp.txt, false",
    "/data, data, true",
    "/data, course/data, false",
    "course/data, course/data, true",
    "course/data, other/course/data, false",
    "**/data, other/course/data, true",
    "course/**/data, course/data, true",
    "course/**/data, course/a/b/data, true",
    "data/**, data/a, true",
    "data/**, data, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "a*c, a/c, false",
    "[a-c]1, b1, true",
    "[!a-c]1, b1, false",
    "[[:digit:]]x, 7x, true",
    "[]]x, ]x, true",
    "a[b, a[b, false",
    "\\!a, !a, true",
    "\\#a, #a, true",
    "a\\*, a*, true",
    "a\\*, ab, false",
    "#a, #a, false",
    "100%, 100%25, true",
    "100%*, 100%25 sure, true",
    "//, a, false",
    "///, a, false",
    "🎓?, 🎓é, true",
  })
  void aRuleMeansWhatItMeansToGit(String rule, String path, boolean leftOut) {
    assertThat(with(rule).ignores(file(path)).orElse(false)).isEqualTo(leftOut);
  }

  @Test
  void theLastRuleThatMatchesDecides() {
    var rules = with("*.tmp\n!keep.tmp\n");
    assertThat(rules.ignores(file("a.tmp"))).contains(true);
    assertThat(rules.ignores(file("keep.tmp"))).contains(false);
    assertThat(with("!keep.tmp\n*.tmp\n").ignores(file("keep.tmp"))).contains(true);
  }

  @Test
  void theFileOfADeeperFolderDecidesBelowIt() {
    var rules = with("*.log\n").with("course", bytes("!today.log\n/own\n")).orElseThrow();
    assertThat(rules.ignores(file("course/a.log"))).contains(true);
    assertThat(rules.ignores(file("course/today.log"))).contains(false);
    assertThat(rules.ignores(file("course/own"))).contains(true);
    assertThat(rules.ignores(file("course/deeper/own"))).isEmpty();
  }

  @Test
  void theFolderOfAFileIsNotJudgedByIt() {
    var rules = with("").with("python3", bytes("*\n")).orElseThrow();
    assertThat(rules.ignores("python3")).isEmpty();
  }

  @Test
  void aSlashAtTheEndMeansFoldersOnly() {
    assertThat(with("data/\n").ignores(file("data"))).isEmpty();
    assertThat(with("data/\n").ignores("data")).contains(true);
  }

  @Test
  void credentialsAndWhatProgramsCanMakeAgainAreLeftOutByDefault() {
    var rules = IgnoreRules.defaults();
    assertThat(List.of(".ssh", ".aws", "course/node_modules", ".local/share/Trash"))
        .allMatch(folder -> rules.ignores(folder).orElse(false));
    assertThat(rules.ignores(file(".docker/config.json"))).contains(true);
    assertThat(rules.ignores(file(".netrc"))).contains(true);
    assertThat(rules.ignores(file("notes/ssh.txt"))).isEmpty();
  }

  @Test
  void anEditorsMarkAtTheBeginningAndLineEndsOfWindowsAreNoPartOfARule() {
    assertThat(with("\uFEFF*.tmp\r\n*.bak\r\n").ignores(file("a.tmp"))).contains(true);
    assertThat(with("\uFEFF*.tmp\r\n*.bak\r\n").ignores(file("a.bak"))).contains(true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*a", "*a*?", "**/*a*", "*[a-z]"})
  void noPatternTakesLongerThanItsLengthTimesTheNames(String piece) {
    var rule = piece.repeat(IgnoreRule.LONGEST / piece.length() - 1) + "b";
    var rules = with(rule);
    var name = "a".repeat(255);
    // A matcher that tries every way would not come back from the first of them.
    for (var n = 0; n < 100; n++) {
      assertThat(rules.ignores(file("a/".repeat(100) + name)).orElse(false)).isFalse();
    }
  }

  @Test
  void moreRulesThanThereMayBeAreNotFollowed() {
    var many = "a\n".repeat(IgnoreRules.MOST_RULES);
    assertThat(IgnoreRules.defaults().with("", bytes(many))).isEmpty();
    assertThat(IgnoreRules.defaults().with("", new byte[IgnoreRules.MOST_BYTES + 1])).isEmpty();
    var half = bytes("a\n".repeat(IgnoreRules.MOST_RULES / 2));
    var once = IgnoreRules.defaults().with("a", half).orElseThrow();
    assertThat(once.with("a/b", half)).isEmpty();
  }

  @Test
  void randomRulesLeaveOutWhatGitLeavesOut(@TempDir Path tree) throws Exception {
    var paths = List.of("a", "b", "ab/a", "ab/b", "ab/b]", "ba/aa/b", "ba/aa/a*", "ba/b/ab/a", "-");
    for (var path : paths) {
      Files.createDirectories(tree.resolve(path).getParent());
      Files.writeString(tree.resolve(path), "");
    }
    git(tree, "", "init", "--quiet");
    var random = new Random(4);
    var pieces = List.of("a", "b", "*", "?", "/", "**", "[ab]", "[!a]", "!", "\\", "]", "[", "-");
    for (var n = 0; n < 120; n++) {
      var text =
          IntStream.range(0, 1 + random.nextInt(3))
              .mapToObj(line -> line(random, pieces))
              .collect(Collectors.joining("\n", "", "\n"));
      Files.writeString(tree.resolve(".git/info/exclude"), text);
      var git = git(tree, String.join("\n", paths), "check-ignore", "--no-index", "--stdin");
      var rules = new IgnoreRulesUnderTest(text);
      var ours = paths.stream().filter(rules::leavesOut).toList();
      assertThat(ours).as(text).containsExactlyElementsOf(git);
    }
  }

  private static String line(Random random, List<String> pieces) {
    return IntStream.range(0, 1 + random.nextInt(6))
        .mapToObj(n -> pieces.get(random.nextInt(pieces.size())))
        .collect(Collectors.joining());
  }

  /** Rules under which everything in a skipped folder is skipped with it. */
  private record IgnoreRulesUnderTest(String text) {
    boolean leavesOut(String path) {
      var rules = with(text);
      for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        if (rules.ignores(path.substring(0, slash)).orElse(false)) {
          return true;
        }
      }
      return rules.ignores(file(path)).orElse(false);
    }
  }

  private static List<String> git(Path tree, String input, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-c", "core.quotePath=false"));
    command.addAll(List.of(arguments));
    var in = Files.writeString(tree.resolveSibling("git-input"), input);
    var process =
        new ProcessBuilder(command).directory(tree.toFile()).redirectInput(in.toFile()).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out.lines().toList();
  }

  private static IgnoreRules with(String text) {
    return IgnoreRules.defaults().with("", bytes(text)).orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ScannedEntry file(String path) {
    var slash = path.lastIndexOf('/');
    var attributes = new Attributes(Kind.FILE, 0644, 1, 1, 1, 1, 1, 1, 1);
    return new ScannedEntry(
        path.substring(0, Math.max(0, slash)),
        path.substring(slash + 1),
        attributes,
        Optional.empty());
  }
}
