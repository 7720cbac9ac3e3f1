package org.homeport.spawn.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.seed.SeedOf.nothing;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.seed.SeedLedger.History;
import org.junit.jupiter.api.Test;

/**
 * The three-way table: B what was seeded last, L what the user has, N what the image has now.
 *
 * <p>Steps read {@code +target} where something new is written and {@code !target} where it
 * replaces something.
 */
class SeedMergeTest {
  private static final SeedManifest V1 = nothing().file("plot.py", "v1").manifest();
  private static final SeedManifest V2 = nothing().file("plot.py", "v2").manifest();
  private static final SeedManifest MINE = nothing().file("plot.py", "mine").manifest();
  private static final SeedManifest NOTHING = SeedManifest.EMPTY;

  /** A plan that leaves nothing. */
  private static final SeedMerge.Plan ALL = new SeedMerge.Plan(List.of(), new TreeMap<>());

  @Test
  void intoAnEmptyFolderGoesEverythingFoldersFirst() {
    var image = nothing().file("a/b/c", "1").folder("a").folder("a/b").link("l", "a").manifest();

    assertThat(merge(NOTHING, NOTHING, image)).containsExactly("+a", "+a/b", "+a/b/c", "+l");
  }

  @Test
  void whatTheImageDidNotChangeIsLeftWhateverTheUserMadeOfIt() {
    assertThat(merge(V1, V1, V1)).as("untouched").isEmpty();
    assertThat(merge(V1, MINE, V1)).as("edited").isEmpty();
    assertThat(merge(V1, NOTHING, V1)).as("deleted").isEmpty();
  }

  @Test
  void whatTheImageDidNotChangeIsNotEvenLookedAt() {
    var folder = new FolderOf(V1);

    SeedMerge.plan(new History(V1, List.of()), V1, folder, "2");

    assertThat(folder.lookedAt).isEmpty();
  }

  @Test
  void anotherTimeIsNoChange() {
    var later =
        new SeedManifest(
            java.util.Map.of(
                RawPath.of("plot.py"),
                new SeedEntry.File(
                    0644, 1, 2, ((SeedEntry.File) V1.at(RawPath.of("plot.py")).get()).sha256())));

    assertThat(merge(V1, V1, later)).isEmpty();
  }

  @Test
  void anUntouchedFileBecomesTheImages() {
    assertThat(merge(V1, V1, V2)).containsExactly("!plot.py");
  }

  @Test
  void aFileThatTheUserAlreadyMadeLikeTheImagesIsLeft() {
    assertThat(merge(V1, V2, V2)).isEmpty();
    assertThat(merge(NOTHING, V2, V2)).isEmpty();
  }

  @Test
  void whereBothChangedTheImagesGoesBeside() {
    assertThat(merge(V1, MINE, V2)).containsExactly("+plot.py.new-2");
  }

  @Test
  void aFileThatTheUserDeletedStaysDeletedAlsoWhenTheImageChangesIt() {
    assertThat(merge(V1, NOTHING, V2)).isEmpty();
  }

  @Test
  void theUsersOwnFileInTheWayIsKept() {
    assertThat(merge(NOTHING, MINE, V1)).isEmpty();
  }

  @Test
  void thereAndBackAgain() {
    var v2Applied = SeedMerge.seededBy(new History(V1, List.of()), V2, ALL);

    assertThat(merge(v2Applied, V2, V1)).as("untouched").containsExactly("!plot.py");
    assertThat(merge(v2Applied, MINE, V1)).as("edited").containsExactly("+plot.py.new-2");
    assertThat(merge(v2Applied, NOTHING, V1)).as("deleted").isEmpty();
  }

  @Test
  void whatTheImageNoLongerHasStays() {
    assertThat(merge(V1, V1, NOTHING)).as("untouched").isEmpty();
    assertThat(merge(V1, MINE, NOTHING)).as("edited").isEmpty();
  }

  @Test
  void whatTheImageHasAgainIsKnownAgain() {
    var gone = SeedMerge.seededBy(new History(V1, List.of()), NOTHING, ALL);

    assertThat(merge(gone, V1, V2)).as("untouched").containsExactly("!plot.py");
    assertThat(merge(gone, MINE, V2)).as("edited").containsExactly("+plot.py.new-2");
    assertThat(merge(gone, NOTHING, V2)).as("deleted").isEmpty();
  }

  @Test
  void aNewModeIsAChangeOfTheImage() {
    var executable = nothing().file("plot.py", 0755, "v1").manifest();

    assertThat(merge(V1, V1, executable)).as("untouched").containsExactly("!plot.py");
    assertThat(merge(V1, MINE, executable)).as("edited").containsExactly("+plot.py.new-2");
  }

  @Test
  void linksAreComparedByWhereTheyPoint() {
    var one = nothing().link("data", "/srv/one").manifest();
    var two = nothing().link("data", "/srv/two").manifest();

    assertThat(merge(one, one, two)).containsExactly("!data");
    assertThat(merge(one, nothing().link("data", "mine").manifest(), two))
        .containsExactly("+data.new-2");
  }

  @Test
  void aFolderThatTheUserDeletedStaysDeletedWithAllThatIsNewInIt() {
    var v1 = nothing().folder("ex").file("ex/1", "1").manifest();
    var v2 = nothing().folder("ex").file("ex/1", "one").file("ex/2", "2").manifest();

    assertThat(merge(v1, NOTHING, v2)).isEmpty();
    assertThat(merge(v1, v1, v2)).containsExactly("!ex/1", "+ex/2");
  }

  @Test
  void nothingGoesThroughALinkThatTheUserPutInAFoldersPlace() {
    var v1 = nothing().folder("ex").file("ex/1", "1").manifest();
    var v2 = nothing().folder("ex").file("ex/1", "one").file("ex/2", "2").manifest();
    var linked = nothing().link("ex", "/scratch/ada").manifest();

    assertThat(merge(v1, linked, v2)).isEmpty();
    assertThat(merge(NOTHING, linked, v2)).isEmpty();
  }

  @Test
  void anUntouchedFileBecomesAFolder() {
    var folder = nothing().folder("plot.py").file("plot.py/a", "a").manifest();

    assertThat(merge(V1, V1, folder)).containsExactly("!plot.py", "+plot.py/a");
  }

  @Test
  void anEditedFileGetsTheNewFolderBesideIt() {
    var folder =
        nothing().folder("plot.py").folder("plot.py/a").file("plot.py/a/b", "b").manifest();

    assertThat(merge(V1, MINE, folder))
        .containsExactly("+plot.py.new-2", "+plot.py.new-2/a", "+plot.py.new-2/a/b");
  }

  @Test
  void aFolderNeverMakesRoomForAFile() {
    var v1 = nothing().folder("ex").file("ex/1", "1").manifest();

    assertThat(merge(v1, v1, nothing().file("ex", "now a file").manifest()))
        .containsExactly("+ex.new-2");
  }

  @Test
  void theFileBesideIsRenewedWhileUntouchedAndKeptOnceEdited() {
    var v3 = nothing().file("plot.py", "v3").manifest();
    var besideV2 = nothing().file("plot.py", "mine").file("plot.py.new-2", "v2").manifest();
    var besideMine = nothing().file("plot.py", "mine").file("plot.py.new-2", "merged").manifest();

    assertThat(merge(V2, besideV2, v3)).containsExactly("!plot.py.new-2");
    assertThat(merge(V1, besideV2, V2)).as("there already").isEmpty();
    assertThat(merge(V2, besideMine, v3)).containsExactly("+plot.py.new-2-2");
  }

  @Test
  void aNameThatIsTooLongForItsSuffixIsCut() {
    var name = "x".repeat(254);
    var v1 = nothing().file(name, "v1").manifest();
    var mine = nothing().file(name, "mine").manifest();
    var v2 = nothing().file(name, "v2").manifest();

    assertThat(merge(v1, mine, v2))
        .singleElement()
        .asString()
        .startsWith("+" + "x".repeat(240))
        .endsWith(".new-2")
        .hasSize(1 + 255);
  }

  @Test
  void whatIsInAClosedFolderIsLeftAndNamed() {
    var v1 = nothing().folder("course").file("course/plot.py", "v1").file("other", "v1").manifest();
    var v2 =
        nothing()
            .folder("course")
            .file("course/plot.py", "v2")
            .file("course/new", "v2")
            .file("other", "v2");
    var closed = new FolderOf(v1, Set.of(RawPath.of("course")));
    var history = new History(v1, List.of());

    var plan = SeedMerge.plan(history, v2.manifest(), closed, "2");

    assertThat(plan.steps()).extracting(step -> step.target().text()).containsExactly("other");
    assertThat(plan.inTheWay()).containsExactly(RawPath.of("course"));
    var seeded = new History(SeedMerge.seededBy(history, v2.manifest(), plan), List.of());
    assertThat(merge(seeded, v1, v2.manifest()))
        .as("once it is open again")
        .contains("!course/plot.py", "+course/new");
  }

  @Test
  void theSearchForAPlaceBesideEnds() {
    var everything =
        new FolderOf(MINE, Set.of()) {
          @Override
          public boolean has(RawPath path) {
            return true;
          }
        };

    var plan = SeedMerge.plan(new History(V1, List.of()), V2, everything, "2");

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.inTheWay()).containsExactly(RawPath.of("plot.py"));
  }

  @Test
  void afterAnUnfinishedRunWhatItWroteCountsAsUntouched() {
    var v3 = nothing().file("plot.py", "v3").manifest();

    assertThat(merge(new History(V1, List.of(V2)), V2, V2)).as("written").isEmpty();
    assertThat(merge(new History(V1, List.of(V2)), V1, V2))
        .as("not yet")
        .containsExactly("!plot.py");
    assertThat(merge(new History(V1, List.of(V2)), V2, v3)).as("newer").containsExactly("!plot.py");
    assertThat(merge(new History(V1, List.of(V2)), V2, V1)).as("back").containsExactly("!plot.py");
    assertThat(merge(new History(NOTHING, List.of(V1)), NOTHING, V1))
        .as("first time")
        .containsExactly("+plot.py");
  }

  @Test
  void afterAnUnfinishedRunTheUsersWorkIsStillTheUsers() {
    assertThat(merge(new History(V1, List.of(V2)), MINE, V2)).containsExactly("+plot.py.new-2");
    assertThat(merge(new History(V1, List.of(V2)), NOTHING, V2)).isEmpty();
    assertThat(merge(new History(NOTHING, List.of(V1)), MINE, V1)).isEmpty();
  }

  @Test
  void anEmptyFileIsTornAfterAnUnfinishedRunAndTheUsersOtherwise() {
    var empty = nothing().file("plot.py", "").manifest();

    assertThat(merge(new History(NOTHING, List.of(V1)), empty, V1)).containsExactly("!plot.py");
    assertThat(merge(V1, empty, V2)).containsExactly("+plot.py.new-2");
  }

  private static List<String> merge(SeedManifest last, SeedManifest home, SeedManifest image) {
    return merge(new History(last, List.of()), home, image);
  }

  private static List<String> merge(History history, SeedManifest home, SeedManifest image) {
    return SeedMerge.plan(history, image, new FolderOf(home), "2").steps().stream()
        .map(step -> (step.replaces() ? "!" : "+") + step.target())
        .toList();
  }

  /** A folder that holds what a manifest says. */
  private static class FolderOf implements SeedMerge.Folder {
    private final SeedManifest content;
    private final Set<RawPath> closed;
    private final Set<RawPath> lookedAt = new HashSet<>();

    FolderOf(SeedManifest content) {
      this(content, Set.of());
    }

    FolderOf(SeedManifest content, Set<RawPath> closed) {
      this.content = content;
      this.closed = closed;
    }

    @Override
    public boolean isClosed(RawPath path) {
      return closed.contains(path.parent());
    }

    @Override
    public boolean has(RawPath path) {
      lookedAt.add(path);
      return content.at(path).isPresent();
    }

    @Override
    public boolean holds(RawPath path, SeedEntry entry) {
      lookedAt.add(path);
      return content.at(path).filter(entry::sameContent).isPresent();
    }
  }
}
