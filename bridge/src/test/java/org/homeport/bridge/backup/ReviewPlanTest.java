package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.homeport.bridge.backup.ReviewPlan.Look;
import org.homeport.bridge.backup.ReviewPlan.Repair;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteObject.RemoteContent;
import org.homeport.bridge.run.Report.Note;
import org.junit.jupiter.api.Test;

class ReviewPlanTest {
  private static final RemoteId HOME = new RemoteId("home");
  private static final RemoteId ELSEWHERE = new RemoteId("elsewhere");
  private static final RemoteId FILE = new RemoteId("file");
  private static final Md5 SAVED = new Md5("0".repeat(32));
  private static final Md5 OTHER = new Md5("1".repeat(32));

  @Test
  void whatIsAsItWasNeedsNothing() {
    var plan = plan(Optional.of(object(HOME, "a.txt", SAVED, "1", false)));
    assertThat(plan.repairs()).isEmpty();
    assertThat(plan.lost()).isEmpty();
    assertThat(plan.changed()).isEmpty();
    assertThat(plan.notes()).isEmpty();
  }

  @Test
  void aRenamedFileIsToBePutBack() {
    assertThat(plan(Optional.of(object(HOME, "b.txt", SAVED, "1", false))).repairs())
        .containsExactly(new Repair("a.txt", FILE, false, Optional.of(HOME), "a.txt"));
  }

  @Test
  void aFileThatWasMovedAndTrashedIsToBeBroughtOutAndPutBack() {
    assertThat(plan(Optional.of(object(ELSEWHERE, "a.txt", SAVED, "1", true))).repairs())
        .containsExactly(new Repair("a.txt", FILE, true, Optional.of(HOME), "a.txt"));
  }

  @Test
  void aFileThatWasRemovedPermanentlyIsLost() {
    var plan = plan(Optional.empty());
    assertThat(plan.lost()).containsExactly(entry());
    assertThat(plan.notes()).extracting(Note::path).containsExactly("a.txt");
  }

  @Test
  void anEditedFileIsToBeSentAgain() {
    var plan = plan(Optional.of(object(HOME, "a.txt", OTHER, "2", false)));
    assertThat(plan.changed()).containsExactly(entry().in(State.PENDING));
    assertThat(plan.notes()).hasSize(1);
  }

  @Test
  void theSameContentUnderAnotherVersionIsOnlyNoted() {
    var plan = plan(Optional.of(object(HOME, "a.txt", SAVED, "2", false)));
    assertThat(plan.changed()).containsExactly(entry().saved(new Saved(SAVED, "2")));
    assertThat(plan.notes()).isEmpty();
  }

  @Test
  void aPendingEntryIsLeftToWhoeverWorksOnIt() {
    var plan =
        ReviewPlan.of(look(Map.of(FILE, Optional.empty()), Map.of(), entry().in(State.PENDING)));
    assertThat(plan.lost()).isEmpty();
  }

  @Test
  void aFolderAboveTheHomeMayBeMovedButNotTrashedOrLost() {
    var moved = Optional.of(object(ELSEWHERE, "other", SAVED, "1", false));
    var trashed = Optional.of(object(ELSEWHERE, "other", SAVED, "1", true));
    assertThat(ofHome(moved).trashedRoots()).isEmpty();
    assertThat(ofHome(trashed).trashedRoots()).containsExactly(trashed.get());
    assertThat(ofHome(Optional.empty()).lostRoots()).containsExactly("home/ada");
  }

  private static ReviewPlan ofHome(Optional<RemoteObject> now) {
    return ReviewPlan.of(look(Map.of(HOME, now), Map.of(HOME, "home/ada")));
  }

  private static ReviewPlan plan(Optional<RemoteObject> now) {
    return ReviewPlan.of(look(Map.of(FILE, now), Map.of(), entry()));
  }

  private static Look look(
      Map<RemoteId, Optional<RemoteObject>> now,
      Map<RemoteId, String> roots,
      IndexEntry... entries) {
    var byId =
        Arrays.stream(entries)
            .collect(Collectors.toMap(entry -> entry.id().orElseThrow(), Function.identity()));
    return new Look(now, byId, roots, folder -> Optional.of(HOME));
  }

  private static IndexEntry entry() {
    return new IndexEntry(
        "",
        "a.txt",
        Kind.FILE,
        State.DONE,
        Optional.of(FILE),
        Stat.UNKNOWN,
        0644,
        Optional.of(new Saved(SAVED, "1")),
        Optional.empty(),
        1);
  }

  private static RemoteObject object(
      RemoteId parent, String name, Md5 md5, String version, boolean trashed) {
    var content = new RemoteContent(version, 3, md5, Instant.EPOCH);
    return new RemoteObject(FILE, parent, name, Optional.of(content), trashed, Map.of());
  }
}
