package org.homeport.bridge.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.homeport.bridge.remote.Batch.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The promises of every remote. A new one extends this class, and is done when it passes. */
public abstract class RemoteContract {
  private static final Instant MODIFIED = Instant.parse("2026-10-03T02:14:05.678Z");
  private static final Map<String, String> TAGS = Map.of("homeport", "ada", "kind", "test");

  private Remote remote;

  /** The same account each time within one test, an empty one in the next. */
  protected abstract Remote open() throws IOException;

  @BeforeEach
  void openRemote() throws IOException {
    remote = open();
  }

  @AfterEach
  void closeRemote() {
    remote.close();
  }

  @Test
  void reservedIdsAreNeverTheSame() throws IOException {
    var ids = new ArrayList<>(remote.reserveIds(1_100));
    try (var other = open()) {
      ids.addAll(other.reserveIds(10));
    }
    assertThat(ids).hasSize(1_110).doesNotHaveDuplicates();
  }

  @Test
  void aReservedIdIsNotAnObject() {
    assertThat(remote.find(newId())).isEmpty();
  }

  @Test
  void aFolderAskedForTwiceIsOneFolder() {
    var folder = new NewFolder(newId(), remote.top(), "course", TAGS);
    remote.createFolders(List.of(folder));
    remote.createFolders(List.of(folder));
    assertThat(tagged()).hasSize(1);
    var made = remote.find(folder.id()).orElseThrow();
    assertThat(made.isFolder()).isTrue();
    assertThat(made.parent()).isEqualTo(remote.top());
    assertThat(made.name()).isEqualTo("course");
    assertThat(made.tags()).containsAllEntriesOf(TAGS);
    assertThat(made.trashed()).isFalse();
  }

  @Test
  void manyFoldersAreMadeAtOnce() {
    var folders =
        remote.reserveIds(120).stream()
            .map(id -> new NewFolder(id, remote.top(), "f-" + id, TAGS))
            .toList();
    remote.createFolders(folders.subList(0, 50));
    remote.createFolders(folders);
    assertThat(tagged())
        .extracting(RemoteObject::id)
        .containsExactlyInAnyOrderElementsOf(folders.stream().map(NewFolder::id).toList());
  }

  @Test
  void aFileComesBackAsItWentIn() {
    var content = TestContent.random(70_000, 1);
    var file = newFile("notes.ipynb");
    var made = remote.create(file, content);
    assertThat(made).isEqualTo(remote.find(file.id()).orElseThrow());
    assertThat(made.name()).isEqualTo("notes.ipynb");
    assertThat(made.content().orElseThrow().size()).isEqualTo(70_000);
    assertThat(made.content().orElseThrow().md5()).isEqualTo(content.md5());
    assertThat(made.content().orElseThrow().modified()).isEqualTo(MODIFIED);
    assertThat(made.tags()).containsAllEntriesOf(TAGS);
    assertThat(read(made, 0)).isEqualTo(content.bytes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 256 * 1024, 6 * 1024 * 1024 + 1})
  void everySizeComesBack(int size) {
    var content = TestContent.random(size, size);
    assertThat(read(remote.create(newFile("data"), content), 0)).isEqualTo(content.bytes());
  }

  @Test
  void readingStartsAnywhere() {
    var content = TestContent.random(1_000, 2);
    var made = remote.create(newFile("data"), content);
    assertThat(read(made, 990)).isEqualTo(Arrays.copyOfRange(content.bytes(), 990, 1000));
  }

  @Test
  void aFileAskedForTwiceIsOneFileOfOneRevision() throws IOException {
    var file = newFile("a.txt");
    var first = remote.create(file, TestContent.of("one"));
    try (var other = open()) {
      assertThat(other.create(file, TestContent.of("one"))).isEqualTo(first);
    }
    assertThat(tagged()).hasSize(1);
    assertThat(remote.revisions(file.id())).hasSize(1);
  }

  @Test
  void creatingWhatExistsWithAnotherContentUpdatesIt() {
    var file = newFile("a.txt");
    remote.create(file, TestContent.of("one"));
    var second = remote.create(file, TestContent.of("two"));
    assertThat(text(second)).isEqualTo("two");
    assertThat(tagged()).hasSize(1);
    assertThat(remote.revisions(file.id())).hasSize(2);
  }

  @Test
  void anUpdateKeepsTheOldContentAsARevision() {
    var file = newFile("a.txt");
    remote.create(file, TestContent.of("one"));
    remote.update(file, TestContent.of("two!"));
    var current = remote.update(file, TestContent.of("two!"));
    var revisions = remote.revisions(file.id());
    assertThat(revisions)
        .extracting(RemoteRevision::md5)
        .containsExactly(TestContent.of("one").md5(), TestContent.of("two!").md5());
    assertThat(revisions).extracting(RemoteRevision::size).containsExactly(3L, 4L);
    assertThat(revisions.get(1).version()).isEqualTo(current.content().orElseThrow().version());
    assertThat(text(file.id(), revisions.get(0).version())).isEqualTo("one");
    assertThat(text(file.id(), revisions.get(1).version())).isEqualTo("two!");
  }

  @Test
  void aContentThatComesBackIsANewRevision() {
    var file = newFile("a.txt");
    remote.create(file, TestContent.of("one"));
    remote.update(file, TestContent.of("two"));
    remote.update(file, TestContent.of("one"));
    assertThat(remote.revisions(file.id())).hasSize(3);
    assertThat(text(remote.find(file.id()).orElseThrow())).isEqualTo("one");
  }

  @Test
  void anUpdateLeavesNameAndPlaceAndSetsTimeAndTags() {
    var file = newFile("a.txt");
    remote.create(file, TestContent.of("one"));
    var later = MODIFIED.plusSeconds(60);
    var moved = new NewFile(file.id(), remote.top(), "other.txt", later, Map.of("homeport", "ada"));
    var updated = remote.update(moved, TestContent.of("two"));
    assertThat(updated.name()).isEqualTo("a.txt");
    assertThat(updated.content().orElseThrow().modified()).isEqualTo(later);
  }

  @Test
  void whatDoesNotExistIsNotUpdated() {
    assertThatThrownBy(() -> remote.update(newFile("a.txt"), TestContent.of("one")))
        .isInstanceOf(RemoteRejected.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 7 * 1024 * 1024})
  void aContentThatChangesWhileItIsReadIsNotPublished(int size) {
    var file = newFile("a.txt");
    var torn = TestContent.random(size, 3).changedWhileRead();
    assertThatThrownBy(() -> remote.create(file, torn)).isInstanceOf(ContentChanged.class);
    assertThat(remote.find(file.id())).isEmpty();

    remote.create(file, TestContent.of("old"));
    assertThatThrownBy(() -> remote.update(file, torn)).isInstanceOf(ContentChanged.class);
    assertThat(text(remote.find(file.id()).orElseThrow())).isEqualTo("old");
    assertThat(remote.revisions(file.id())).hasSize(1);

    remote.update(file, TestContent.of("new"));
    assertThat(text(remote.find(file.id()).orElseThrow())).isEqualTo("new");
  }

  @Test
  void aMovedFileKeepsItsIdAndRevisions() {
    var folder = new NewFolder(newId(), remote.top(), "course", TAGS);
    remote.createFolders(List.of(folder));
    var file = newFile("a.txt");
    remote.create(file, TestContent.of("one"));
    remote.move(file.id(), folder.id(), "b.txt");
    var moved = remote.move(file.id(), folder.id(), "b.txt");
    assertThat(moved.parent()).isEqualTo(folder.id());
    assertThat(moved.name()).isEqualTo("b.txt");
    assertThat(text(moved)).isEqualTo("one");
    remote.update(file, TestContent.of("two"));
    assertThat(text(file.id(), remote.revisions(file.id()).get(0).version())).isEqualTo("one");
  }

  @Test
  void whatLiesInATrashedFolderIsTrashedAndStillReadable() {
    var folder = new NewFolder(newId(), remote.top(), "course", TAGS);
    remote.createFolders(List.of(folder));
    var file = new NewFile(newId(), folder.id(), "a.txt", MODIFIED, TAGS);
    remote.create(file, TestContent.of("one"));
    remote.trash(List.of(folder.id()));
    assertThat(remote.trash(List.of(folder.id(), newId()))).isEmpty();
    assertThat(remote.find(folder.id()).orElseThrow().trashed()).isTrue();
    var inside = remote.find(file.id()).orElseThrow();
    assertThat(inside.trashed()).isTrue();
    assertThat(text(inside)).isEqualTo("one");
    assertThat(remote.untrash(folder.id()).trashed()).isFalse();
    assertThat(remote.find(file.id()).orElseThrow().trashed()).isFalse();
    assertThat(text(remote.find(file.id()).orElseThrow())).isEqualTo("one");
  }

  @Test
  void aNewFileTakesThePlaceOfATrashedOne() {
    var old = newFile("a.txt");
    remote.create(old, TestContent.of("old"));
    remote.trash(List.of(old.id()));
    var other = newFile("a.txt");
    remote.create(other, TestContent.of("new"));
    assertThat(text(remote.find(other.id()).orElseThrow())).isEqualTo("new");
    assertThat(text(remote.find(old.id()).orElseThrow())).isEqualTo("old");
  }

  @Test
  void aTrashedFileCanBeUpdated() {
    var file = newFile("a.txt");
    remote.create(file, TestContent.of("old"));
    remote.trash(List.of(file.id()));
    remote.update(file, TestContent.of("new"));
    assertThat(text(remote.untrash(file.id()))).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'quoted' \"twice\"", "back\\slash", "ä", "a\u0308", "%41", "-rf", " ", "A", "日本"})
  void aNameComesBackAsItWentIn(String name) {
    var file = newFile(name);
    remote.create(file, TestContent.of("one"));
    assertThat(remote.find(file.id()).orElseThrow().name()).isEqualTo(name);
    assertThat(text(remote.find(file.id()).orElseThrow())).isEqualTo("one");
  }

  @Test
  void changesTellWhatHappenedSinceTheMark() {
    var before = newFile("before.txt");
    remote.create(before, TestContent.of("one"));
    var mark = remote.changeToken();
    assertThat(remote.changesSince(mark).changes()).isEmpty();

    var created = newFile("created.txt");
    remote.create(created, TestContent.of("one"));
    remote.update(before, TestContent.of("two"));
    var changes = remote.changesSince(mark);
    assertThat(changes.changes())
        .extracting(RemoteChanges.Change::id)
        .containsExactlyInAnyOrder(created.id(), before.id());
    assertThat(changes.changes()).allMatch(change -> change.now().isPresent());

    remote.trash(List.of(created.id()));
    var later = remote.changesSince(changes.token());
    assertThat(later.changes()).hasSize(1);
    assertThat(later.changes().get(0).now().orElseThrow().trashed()).isTrue();
    assertThat(remote.changesSince(later.token()).changes()).isEmpty();
  }

  @Test
  void whatIsTaggedIsFoundAgainByAStranger() throws IOException {
    var folder = new NewFolder(newId(), remote.top(), "course", TAGS);
    remote.createFolders(List.of(folder));
    var file = new NewFile(newId(), folder.id(), "a.txt", MODIFIED, TAGS);
    var made = remote.create(file, TestContent.of("one"));
    var other = new NewFile(newId(), folder.id(), "b.txt", MODIFIED, Map.of("homeport", "bob"));
    remote.create(other, TestContent.of("one"));
    remote.trash(List.of(file.id()));
    try (var stranger = open()) {
      var found = new ArrayList<RemoteObject>();
      stranger.everythingTagged("homeport", "ada", found::add);
      assertThat(found)
          .extracting(RemoteObject::id)
          .containsExactlyInAnyOrder(folder.id(), file.id());
      assertThat(found)
          .filteredOn(object -> !object.isFolder())
          .allMatch(object -> object.trashed() && object.holds(made.content().get().md5()));
    }
  }

  @Test
  void filesOfABatchAreThereOnceItIsCommitted() throws IOException {
    var files = IntStream.range(0, 40).mapToObj(i -> newFile("f" + i)).toList();
    var batch = remote.batch();
    files.parallelStream().forEach(file -> batch.create(file, TestContent.of(file.name())));
    var outcomes = batch.commit();
    assertThat(batch.commit()).isEmpty();
    try (var other = open()) {
      for (var file : files) {
        var there = other.find(file.id()).orElseThrow();
        assertThat(outcomes).containsEntry(file.id(), new Outcome.Arrived(there));
        assertThat(text(there)).isEqualTo(file.name());
      }
    }
  }

  @Test
  void aBatchUpdatesWhatIsThereAndLeavesAloneWhatIsTheSame() {
    var file = newFile("a.txt");
    remote.create(file, TestContent.of("one"));
    var batch = remote.batch();
    batch.update(file, TestContent.of("two"));
    batch.commit();
    batch.create(file, TestContent.of("two"));
    assertThat(batch.commit())
        .isEqualTo(Map.of(file.id(), new Outcome.Arrived(remote.find(file.id()).orElseThrow())));
    assertThat(text(remote.find(file.id()).orElseThrow())).isEqualTo("two");
    assertThat(remote.revisions(file.id())).hasSize(2);
  }

  @Test
  void aBatchPublishesNothingThatChangesWhileItIsRead() {
    var torn = newFile("torn.txt");
    var whole = newFile("whole.txt");
    var batch = remote.batch();
    assertThatThrownBy(() -> batch.create(torn, TestContent.of("torn").changedWhileRead()))
        .isInstanceOf(ContentChanged.class);
    batch.create(whole, TestContent.of("whole"));
    assertThat(batch.commit()).containsOnlyKeys(whole.id());
    assertThat(remote.find(torn.id())).isEmpty();
  }

  @Test
  void filesArriveSideBySide() {
    var files = IntStream.range(0, 40).mapToObj(i -> newFile("f" + i)).toList();
    files.parallelStream().forEach(file -> remote.create(file, TestContent.of(file.name())));
    assertThat(tagged()).hasSize(40).allMatch(object -> text(object).equals(object.name()));
  }

  @Test
  void usageIsKnown() {
    assertThat(remote.usage().used()).isNotNegative();
  }

  private RemoteId newId() {
    return remote.reserveIds(1).get(0);
  }

  private NewFile newFile(String name) {
    return new NewFile(newId(), remote.top(), name, MODIFIED, TAGS);
  }

  private List<RemoteObject> tagged() {
    var found = new ArrayList<RemoteObject>();
    remote.everythingTagged("homeport", "ada", found::add);
    return found;
  }

  private String text(RemoteObject object) {
    return new String(read(object, 0), UTF_8);
  }

  private String text(RemoteId id, String version) {
    return new String(read(id, version, 0), UTF_8);
  }

  private byte[] read(RemoteObject object, long from) {
    return read(object.id(), object.content().orElseThrow().version(), from);
  }

  private byte[] read(RemoteId id, String version, long from) {
    try (var in = remote.read(id, version, from)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
