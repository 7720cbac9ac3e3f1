package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.backup.FolderPlan.Count;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.scan.ScannedEntry;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;
import org.junit.jupiter.api.Test;

class BackupPlanTest {
  private static final Attributes FILE =
      new Attributes(Kind.FILE, 0644, 7, 7, 100, 1_000, 2_000, 42, 1);

  @Test
  void whatIsNewIsToBeRead() {
    var plan = plan(List.of(file("a", FILE)));
    assertThat(plan.files()).extracting(Step::now).containsExactly(file("a", FILE));
    assertThat(plan.known()).isEqualTo(new Count(1, 100));
    assertThat(plan.unchanged()).isEqualTo(Count.NONE);
  }

  @Test
  void whatIsAsTheIndexHasItIsNotRead() {
    var plan = plan(List.of(file("a", FILE)), saved(file("a", FILE)));
    assertThat(plan.files()).isEmpty();
    assertThat(plan.unchanged()).isEqualTo(new Count(1, 100));
  }

  @Test
  void eachPartOfTheChangeKeyCounts() {
    var others =
        List.of(
            new Attributes(Kind.FILE, 0644, 7, 7, 101, 1_000, 2_000, 42, 1),
            new Attributes(Kind.FILE, 0644, 7, 7, 100, 1_001, 2_000, 42, 1),
            new Attributes(Kind.FILE, 0644, 7, 7, 100, 1_000, 2_001, 42, 1),
            new Attributes(Kind.FILE, 0644, 7, 7, 100, 1_000, 2_000, 43, 1));
    assertThat(others)
        .allSatisfy(
            other ->
                assertThat(plan(List.of(file("a", other)), saved(file("a", FILE))).files())
                    .hasSize(1));
  }

  @Test
  void anotherInodeCountsOnlyWhereFilesKeepTheirs() {
    var other = new Attributes(Kind.FILE, 0644, 7, 7, 100, 1_000, 2_000, 43, 1);
    var index = Map.of("a", saved(file("a", FILE)));
    assertThat(FolderPlan.of(List.of(file("a", other)), index, true).files()).isEmpty();
    assertThat(FolderPlan.of(List.of(file("a", other)), index, false).files()).hasSize(1);
  }

  @Test
  void whatAnEarlierRunDidNotFinishIsReadAgain() {
    var pending = saved(file("a", FILE)).in(State.PENDING);
    var plan = plan(List.of(file("a", FILE)), pending);
    assertThat(plan.files())
        .singleElement()
        .satisfies(step -> assertThat(step.isDoubtful()).isTrue());
  }

  @Test
  void aFileInThePlaceOfAFolderReplacesIt() {
    var folder = saved(folder("a", 0755));
    var plan = plan(List.of(file("a", FILE)), folder);
    assertThat(plan.replaced()).containsExactly(folder);
    assertThat(plan.files()).singleElement().extracting(Step::before).isEqualTo(Optional.empty());
  }

  @Test
  void aFolderIsMadeOnceAndItsModeIsOnlyNoted() {
    assertThat(plan(List.of(folder("a", 0755))).folders()).hasSize(1);
    var changed = plan(List.of(folder("a", 0700)), saved(folder("a", 0755)));
    assertThat(changed.folders()).isEmpty();
    assertThat(changed.notes()).hasSize(1);
  }

  @Test
  void aLinkIsNotedWhenItPointsElsewhere() {
    assertThat(plan(List.of(link("a", "x")), saved(link("a", "x"))).notes()).isEmpty();
    assertThat(plan(List.of(link("a", "y")), saved(link("a", "x"))).notes()).hasSize(1);
  }

  @Test
  void aFolderThatIsAsTheIndexHasItNeedsOnlyALook() {
    var now = List.of(file("a", FILE), folder("b", 0755), link("c", "x"));
    var known = now.stream().map(entry -> saved(entry).glimpse()).toList();
    var plan = FolderPlan.unchanged(now, known, false).orElseThrow();
    assertThat(plan.known()).isEqualTo(new Count(1, 100)).isEqualTo(plan.unchanged());
    assertThat(FolderPlan.unchanged(now, known.subList(0, 2), false)).isEmpty();
    assertThat(FolderPlan.unchanged(now.subList(0, 2), known, false)).isEmpty();
  }

  @Test
  void aPlanThatIsLongerThanMemoryHoldsEveryStepInItsOrder() {
    try (var plan = new BackupPlan()) {
      var steps = 20_000;
      for (var n = 0; n < steps; n++) {
        var now = file("file " + n + " é", FILE);
        plan.add(
            n % 2 == 0 ? plan(List.of(now)) : plan(List.of(now), saved(now).in(State.PENDING)));
        plan.addGone(saved(link("gone " + n, "a/b")));
      }
      assertThat(plan.files())
          .extracting(step -> step.now().name())
          .containsExactlyElementsOf(names("file ", " é", steps));
      assertThat(plan.files())
          .allSatisfy(step -> assertThat(step.now().attributes()).isEqualTo(FILE));
      assertThat(plan.files().stream().filter(Step::isDoubtful)).hasSize(steps / 2);
      assertThat(plan.gone()).last().isEqualTo(saved(link("gone " + (steps - 1), "a/b")));
      assertThat(plan.knownFiles()).isEqualTo(steps);
    }
  }

  private static List<String> names(String before, String after, int count) {
    return IntStream.range(0, count).mapToObj(n -> before + n + after).toList();
  }

  private static FolderPlan plan(List<ScannedEntry> now, IndexEntry... index) {
    var byName = new HashMap<String, IndexEntry>();
    Stream.of(index).forEach(entry -> byName.put(entry.name(), entry));
    return FolderPlan.of(now, byName, false);
  }

  private static ScannedEntry file(String name, Attributes attributes) {
    return new ScannedEntry("in", name, attributes, Optional.empty());
  }

  private static ScannedEntry folder(String name, int mode) {
    var attributes = new Attributes(Kind.FOLDER, mode, 7, 7, 4096, 1_000, 2_000, 43, 1);
    return new ScannedEntry("in", name, attributes, Optional.empty());
  }

  private static ScannedEntry link(String name, String target) {
    var attributes = new Attributes(Kind.LINK, 0777, 7, 7, 1, 1_000, 2_000, 44, 1);
    return new ScannedEntry("in", name, attributes, Optional.of(target));
  }

  private static IndexEntry saved(ScannedEntry entry) {
    var kind = BackupPlan.kindOf(entry.attributes());
    return new IndexEntry(
        entry.folder(),
        entry.name(),
        kind,
        State.DONE,
        kind == IndexEntry.Kind.LINK ? Optional.empty() : Optional.of(new RemoteId("id")),
        BackupPlan.stat(entry.attributes()),
        entry.attributes().mode(),
        kind == IndexEntry.Kind.FILE
            ? Optional.of(new Saved(Md5.of(new byte[0]), "1"))
            : Optional.empty(),
        entry.target(),
        1);
  }
}
