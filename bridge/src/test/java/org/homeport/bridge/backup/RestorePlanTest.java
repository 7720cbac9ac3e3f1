package org.homeport.bridge.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.RawPath;
import org.junit.jupiter.api.Test;

class RestorePlanTest {
  private static final List<IndexEntry> SAVED =
      List.of(
          entry("course/week/notes", Kind.FILE),
          entry("course/week", Kind.FOLDER),
          entry("course/plan", Kind.FILE),
          entry("course/latest", Kind.LINK),
          entry("course", Kind.FOLDER),
          entry("courses", Kind.FILE),
          entry("empty", Kind.FOLDER));

  @Test
  void everythingComesBackWhenNoPathIsGiven() {
    try (var plan = plan("", "back")) {
      assertThat(paths(plan.files()))
          .containsExactly("course/week/notes", "course/plan", "courses");
      assertThat(paths(plan.folders())).containsExactly("course/week", "course", "empty");
      assertThat(paths(plan.links())).containsExactly("course/latest");
      assertThat(plan.bytes()).isEqualTo(300);
      assertThat(plan.isEmpty()).isFalse();
    }
  }

  @Test
  void aFolderComesBackWithAllThatIsInItAndTheFoldersOnTheWay() {
    try (var plan = plan("course/week", "")) {
      assertThat(paths(plan.files())).containsExactly("course/week/notes");
      assertThat(paths(plan.folders())).containsExactly("course/week", "course");
      assertThat(plan.links()).isEmpty();
    }
  }

  @Test
  void aNameThatOnlyBeginsLikeAFolderIsNotInIt() {
    try (var plan = plan("course", "")) {
      assertThat(paths(plan.files())).doesNotContain("courses");
    }
  }

  @Test
  void foldersOnTheWayToNothingAreNothing() {
    try (var plan = plan("course/gone", "");
        var empty = plan("empty", "")) {
      assertThat(plan.isEmpty()).isTrue();
      assertThat(empty.isEmpty()).isFalse();
    }
  }

  @Test
  void whatComesBackKeepsItsPlaceOrGetsItInTheFolderThatIsNamed() {
    var file = entry("course/plan", Kind.FILE);
    try (var inPlace = plan("", "");
        var aside = plan("", "restored/today")) {
      assertThat(inPlace.target(file)).isEqualTo(RawPath.of("course/plan"));
      assertThat(aside.target(file)).isEqualTo(RawPath.of("restored/today/course/plan"));
    }
  }

  private static RestorePlan plan(String path, String into) {
    var plan = new RestorePlan(path, into);
    SAVED.forEach(plan::add);
    return plan;
  }

  private static Stream<String> paths(Collection<IndexEntry> entries) {
    return entries.stream().map(IndexEntry::path);
  }

  private static IndexEntry entry(String path, Kind kind) {
    return new IndexEntry(
        Paths.folder(path),
        Paths.name(path),
        kind,
        State.DONE,
        kind == Kind.LINK ? Optional.empty() : Optional.of(new RemoteId(path)),
        new Stat(100, 1, 2, 3),
        0644,
        kind == Kind.FILE ? Optional.of(new Saved(Md5.of(new byte[0]), "1")) : Optional.empty(),
        kind == Kind.LINK ? Optional.of("plan") : Optional.empty(),
        1);
  }
}
