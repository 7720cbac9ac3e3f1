package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.bridge.remote.drive.Patience.insist;
import static org.homeport.bridge.remote.drive.fake.Faults.every;
import static org.homeport.bridge.remote.drive.fake.Faults.nth;
import static org.homeport.bridge.remote.drive.fake.Faults.seeded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.homeport.bridge.remote.NeedsReconnect;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteFull;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.remote.TestContent;
import org.homeport.bridge.remote.drive.fake.Fault;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at a Drive after everything that can go wrong on the way to it. */
class DriveFaultsTest {
  private static final Map<String, String> TAGS = Map.of("homeport", "ada");
  private static final Instant MODIFIED = Instant.parse("2026-10-03T02:14:05.678Z");
  private static final int FOLDERS = 12;
  private static final int FILES = 24;

  @TempDir Path folder;
  private DriveFixture fixture;
  private Remote remote;

  @BeforeEach
  void open() throws IOException {
    fixture = new DriveFixture(folder);
    remote = fixture.open();
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  static Stream<Fault> faults() {
    return Stream.of(
        Fault.status(503),
        Fault.status(500),
        Fault.status(403),
        Fault.status(429),
        Fault.retryAfter(7),
        Fault.reset());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aWriteThatWorkedAndSeemedToFailLeavesOneObject(Fault fault) {
    fixture.drive.faults().after(Kind.CREATE, every(), fault);
    var expected = saveTree();
    assertThat(fixture.ada().tree()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void writesThatFailNowAndThenBeforeOrAfterTheyWorkLeaveOneObjectEach(Fault fault) {
    for (var kind : List.of(Kind.CREATE, Kind.UPDATE, Kind.GET, Kind.GENERATE_IDS)) {
      fixture.drive.faults().before(kind, seeded(kind.ordinal(), 0.3), fault);
      fixture.drive.faults().after(kind, seeded(100 + kind.ordinal(), 0.3), fault);
    }
    var expected = saveTree();
    assertThat(fixture.ada().tree()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void anUpdateThatWorkedAndSeemedToFailLeavesOneNewRevision(Fault fault) {
    var file = newFile(remote.top(), "a.txt");
    remote.create(file, TestContent.of("one"));
    fixture.drive.faults().after(Kind.UPDATE, every(), fault);
    insist(() -> remote.update(file, TestContent.of("two")));
    assertThat(fixture.ada().read("/a.txt")).isEqualTo(TestContent.of("two").bytes());
    assertThat(remote.revisions(file.id())).hasSize(2);
  }

  @Test
  void aDamagedArrivalIsRepaired() {
    var file = newFile(remote.top(), "a.txt");
    remote.create(file, TestContent.of("damaged"));
    insist(() -> remote.create(file, TestContent.of("right")));
    assertThat(fixture.ada().read("/a.txt")).isEqualTo(TestContent.of("right").bytes());
    assertThat(fixture.ada().files()).hasSize(1);
  }

  @Test
  void searchesThatLagAndPagesThatAreEmptyHideNothing() {
    var expected = saveTree();
    fixture.clock.advance(Duration.ofSeconds(61));
    fixture.drive.lag(Duration.ofSeconds(60)).emptyPages(true);
    var found = new ArrayList<RemoteObject>();
    remote.everythingTagged("homeport", "ada", found::add);
    assertThat(found).hasSize(expected.size());
  }

  @Test
  void whatWasMadeAMomentAgoIsFoundByItsIdThoughSearchesLag() {
    fixture.drive.lag(Duration.ofSeconds(60));
    fixture.drive.faults().after(Kind.CREATE, every(), Fault.status(503));
    var expected = saveTree();
    assertThat(fixture.ada().tree()).isEqualTo(expected);
  }

  @Test
  void aRevokedGrantStopsAfterOneRefresh() {
    remote.create(newFile(remote.top(), "a.txt"), TestContent.of("one"));
    fixture.ada().revokeAll();
    fixture.drive.journal().clear();
    for (var i = 0; i < 5; i++) {
      assertThatThrownBy(() -> remote.usage())
          .isInstanceOf(NeedsReconnect.class)
          .hasMessageContaining("connect Google Drive again");
    }
    assertThat(fixture.drive.journal().count(Kind.TOKEN)).isEqualTo(1);
    assertThat(fixture.accounts.find(DriveFixture.ADA).orElseThrow().ended()).isPresent();
    assertThatThrownBy(() -> fixture.open()).isInstanceOf(NeedsReconnect.class);
    assertThat(fixture.drive.journal().count(Kind.TOKEN)).isEqualTo(1);
  }

  @Test
  void anAccessTokenThatRanOutIsRefreshedUnnoticed() {
    fixture.drive.expireAccessTokens();
    var first = newFile(remote.top(), "a.txt");
    remote.create(first, TestContent.of("one"));
    fixture.drive.expireAccessTokens();
    remote.create(newFile(first.parent(), "b.txt"), TestContent.random(6 << 20, 1));
    assertThat(fixture.ada().files()).hasSize(2);
  }

  @Test
  void aFullDriveIsSaidToBeFull() {
    fixture.ada().limit(10_000);
    remote.create(newFile(remote.top(), "a.txt"), TestContent.random(9_000, 1));
    for (var size : new int[] {2_000, 6 << 20}) {
      var file = newFile(remote.top(), "b.txt");
      assertThatThrownBy(() -> remote.create(file, TestContent.random(size, 2)))
          .isInstanceOf(RemoteFull.class);
    }
    assertThat(remote.usage().limit()).hasValue(10_000);
    assertThat(remote.usage().used()).isEqualTo(9_000);
  }

  @Test
  void aRefusalForTheRateIsFollowedByTheRestThatDriveAsksFor() {
    fixture.drive.faults().before(Kind.CREATE, nth(1), Fault.retryAfter(30));
    var file = newFile(remote.top(), "a.txt");
    var before = fixture.clock.instant();
    assertThatThrownBy(() -> remote.create(file, TestContent.of("one")))
        .isInstanceOfSatisfying(
            RemoteUnavailable.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
    remote.create(file, TestContent.of("one"));
    assertThat(Duration.between(before, fixture.clock.instant()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void anEditInDriveOutlivesTheTimeAfterWhichDriveForgets() {
    var file = newFile(remote.top(), "a.txt");
    remote.create(file, TestContent.of("home 1"));
    fixture.ada().edit("/a.txt", TestContent.of("drive").bytes());
    remote.update(file, TestContent.of("home 2"));
    remote.update(file, TestContent.of("home 3"));
    fixture.clock.advance(Duration.ofDays(31));
    assertThat(remote.revisions(file.id()))
        .extracting(revision -> revision.md5())
        .containsExactly(TestContent.of("drive").md5(), TestContent.of("home 3").md5());
  }

  @Test
  void aStudentsOwnFilesAreNeverSeen() {
    fixture.ada().upload("diary.txt", TestContent.of("private").bytes());
    var mark = remote.changeToken();
    fixture.ada().upload("diary 2.txt", TestContent.of("private").bytes());
    assertThat(remote.changesSince(mark).changes()).isEmpty();
  }

  /** Folders and files, as a backup makes them; the tree that must be there afterwards. */
  private Map<String, String> saveTree() {
    var expected = new TreeMap<String, String>();
    var top = insist(remote::top);
    var ids = insist(() -> remote.reserveIds(FOLDERS + FILES));
    var folders =
        IntStream.range(0, FOLDERS)
            .mapToObj(i -> new NewFolder(ids.get(i), top, "folder " + i, TAGS))
            .toList();
    insist(() -> remote.createFolders(folders));
    folders.forEach(each -> expected.put("/" + each.name(), ""));
    IntStream.range(0, FILES)
        .parallel()
        .forEach(
            i -> {
              var parent = folders.get(i % FOLDERS);
              var content = TestContent.random(100 + i, i);
              var file =
                  new NewFile(ids.get(FOLDERS + i), parent.id(), "file " + i, MODIFIED, TAGS);
              insist(() -> remote.create(file, content));
              synchronized (expected) {
                expected.put("/" + parent.name() + "/file " + i, content.md5().hex());
              }
            });
    return expected;
  }

  private NewFile newFile(RemoteId parent, String name) {
    return new NewFile(remote.reserveIds(1).get(0), parent, name, MODIFIED, TAGS);
  }
}
