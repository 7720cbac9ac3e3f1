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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.remote.RetryingRemote;
import org.homeport.bridge.remote.TestContent;
import org.homeport.bridge.remote.drive.fake.Fault;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts the calls that writes to Drive take, and looks at their details. */
class DriveWritesTest {
  private static final int MANY = 300;

  @TempDir Path folder;
  private DriveFixture fixture;
  private Remote remote;

  @BeforeEach
  void open() throws IOException {
    fixture = new DriveFixture(folder);
    remote = new RetryingRemote(fixture.open(), BRIEF);
  }

  private static final RetryingRemote.Patience BRIEF =
      new RetryingRemote.Patience(8, Duration.ofNanos(1), Duration.ofNanos(2));

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void aMoveIsOneWriteAndFitsIntoAFullDrive() {
    var folder = newFolder("course");
    var file = create(remote.top(), "a.txt", "text");
    fixture.ada().limit(4);
    fixture.drive.journal().clear();
    remote.move(file, folder, "b.txt");
    assertThat(fixture.ada().tree()).containsKey("/course/b.txt").doesNotContainKey("/a.txt");
    assertThat(fixture.drive.journal().count(Kind.UPDATE)).isEqualTo(1);
    assertThat(fixture.drive.journal().bytesReceived()).isZero();
  }

  @Test
  void aMoveWhoseAnswerIsLostIsMadeOnce() {
    var folder = newFolder("course");
    var file = create(folder, "a.txt", "text");
    fixture.drive.faults().after(Kind.UPDATE, nth(1), Fault.reset());
    remote.move(folder, remote.top(), "lecture");
    assertThat(fixture.ada().tree()).containsKey("/lecture/a.txt");
    assertThat(remote.find(file).orElseThrow().parent()).isEqualTo(folder);
    assertThat(fixture.drive.journal().count(Kind.UPDATE)).isEqualTo(1);
  }

  @Test
  void whatFailedInATrashingIsRepeatedAlone() {
    var ids = manyFolders();
    fixture.drive.faults().before(Kind.UPDATE, seeded(5, 0.05), Fault.status(503));
    fixture.drive.journal().clear();
    assertThat(remote.trash(ids)).isEmpty();
    assertThat(fixture.ada().items()).isEmpty();
    assertThat(fixture.drive.journal().count(Kind.UPDATE)).isLessThan(MANY * 112 / 100);
  }

  @Test
  void whatFailedOfManyFoldersIsRepeatedAlone() {
    fixture.drive.faults().before(Kind.CREATE, seeded(5, 0.05), Fault.status(503));
    manyFolders();
    assertThat(fixture.ada().items()).hasSize(MANY);
    assertThat(fixture.drive.journal().count(Kind.CREATE)).isLessThan(MANY * 112 / 100);
  }

  @ParameterizedTest
  @CsvSource({
    "week 1.ipynb,application/x-ipynb+json",
    "Notes.MD,text/markdown",
    "paper.pdf,application/pdf",
    "plot.png,image/png",
    "data.csv,text/csv",
    "solve.py,text/plain",
    "model.R,text/plain",
    "Makefile,application/octet-stream",
    "a.strange,application/octet-stream"
  })
  void driveLearnsTheTypeThatTheNameSuggests(String name, String type) {
    create(remote.top(), name, "text");
    assertThat(fixture.ada().files().get(0).type()).isEqualTo(type);
  }

  @Test
  void anUpdateGivesOlderFilesTheirType() {
    var file = newFile(remote.top(), "unnamed");
    remote.create(file, TestContent.of("one"));
    remote.update(
        new NewFile(file.id(), file.parent(), "a.csv", file.modified(), file.tags()),
        TestContent.of("two"));
    assertThat(fixture.ada().files().get(0).type()).isEqualTo("text/csv");
  }

  @Test
  void aTokenThatGoogleRefusesForTheRateIsAskedForAgain() {
    fixture.drive.expireAccessTokens();
    fixture.drive.faults().before(Kind.TOKEN, every(), Fault.retryAfter(1));
    assertThatThrownBy(remote::usage)
        .isInstanceOf(RemoteUnavailable.class)
        .hasMessageNotContaining("client id");
    fixture.drive.faults().clear();
    assertThat(insist(remote::usage).used()).isZero();
  }

  private List<RemoteId> manyFolders() {
    var ids = remote.reserveIds(MANY);
    var folders =
        IntStream.range(0, MANY)
            .mapToObj(i -> new NewFolder(ids.get(i), remote.top(), "folder " + i, Map.of()))
            .toList();
    remote.createFolders(folders);
    assertThat(new HashSet<>(ids)).hasSize(MANY);
    return ids;
  }

  private RemoteId newFolder(String name) {
    var id = remote.reserveIds(1).get(0);
    remote.createFolders(List.of(new NewFolder(id, remote.top(), name, Map.of())));
    return id;
  }

  private RemoteId create(RemoteId parent, String name, String text) {
    var file = newFile(parent, name);
    return remote.create(file, TestContent.of(text)).id();
  }

  private NewFile newFile(RemoteId parent, String name) {
    return new NewFile(remote.reserveIds(1).get(0), parent, name, Instant.EPOCH, Map.of());
  }
}
