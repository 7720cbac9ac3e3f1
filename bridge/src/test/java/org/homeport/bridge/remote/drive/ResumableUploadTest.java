package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.bridge.remote.drive.Patience.insist;
import static org.homeport.bridge.remote.drive.fake.Faults.every;
import static org.homeport.bridge.remote.drive.fake.Faults.nth;
import static org.homeport.bridge.remote.drive.fake.Faults.seeded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.util.Throwables;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.remote.TestContent;
import org.homeport.bridge.remote.drive.fake.Fault;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of 100 MB, and all that can happen to it on its way. */
class ResumableUploadTest {
  private static final int SIZE = 100 << 20;
  private static final int MIB = 1 << 20;
  private static final Content CONTENT = hashed(6);

  @TempDir Path folder;
  private DriveFixture fixture;
  private Remote remote;
  private NewFile file;

  @BeforeEach
  void open() throws IOException {
    fixture = new DriveFixture(folder);
    remote = fixture.open();
    var id = remote.reserveIds(1).get(0);
    file = new NewFile(id, remote.top(), "big.bin", Instant.EPOCH, Map.of("homeport", "ada"));
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  @Test
  void nothingIsSentTwiceWhenNothingGoesWrong() {
    remote.create(file, CONTENT);
    assertArrived();
    assertThat(fixture.drive.journal().bytesReceived()).isEqualTo(SIZE);
    assertThat(fixture.drive.journal().count(Kind.SESSION_START)).isEqualTo(1);
  }

  @Test
  void anUploadIsSignedFromItsFirstCall() {
    fixture.drive.journal().clear();
    remote.create(file, CONTENT);
    assertThat(fixture.drive.journal().count(Kind.TOKEN)).isZero();
  }

  @Test
  void chunksThatAreStoredInPartAreContinuedWhereDriveStopped() {
    fixture.drive.faults().storeAtMost(7 * MIB);
    remote.create(file, CONTENT);
    assertArrived();
  }

  @Test
  void aLostLastAnswerIsAskedForAgain() {
    var last = (int) (SIZE / ResumableUpload.CHUNK) + 1;
    fixture.drive.faults().after(Kind.SESSION_CHUNK, nth(last), Fault.reset());
    remote.create(file, CONTENT);
    assertArrived();
    assertThat(fixture.drive.journal().bytesReceived()).isEqualTo(SIZE);
  }

  @Test
  void aBrokenConnectionCostsNoMoreThanItsChunk() {
    fixture.drive.faults().cutChunk(n -> n % 2 == 1, 5 * MIB);
    insist(() -> remote.create(file, CONTENT));
    assertArrived();
    assertThat(fixture.drive.journal().bytesReceived()).isEqualTo(SIZE);
  }

  @Test
  void aRestartInTheMiddleGoesOnWhereDriveStopped() {
    fixture.drive.faults().cutChunk(nth(2), 11 * MIB);
    fixture.drive.faults().before(Kind.SESSION_STATUS, nth(1), Fault.status(503));
    assertThatThrownBy(() -> remote.create(file, CONTENT)).isInstanceOf(RemoteUnavailable.class);
    fixture.drive.faults().clear();
    fixture.restart();
    fixture.open().create(file, CONTENT);
    assertArrived();
    assertThat(fixture.drive.journal().bytesReceived()).isEqualTo(SIZE);
    assertThat(fixture.drive.journal().count(Kind.SESSION_START)).isEqualTo(1);
  }

  @Test
  void anExpiredSessionStartsAgain() {
    fixture.drive.faults().cutChunk(nth(2), 11 * MIB);
    fixture.drive.faults().before(Kind.SESSION_STATUS, nth(1), Fault.status(503));
    assertThatThrownBy(() -> remote.create(file, CONTENT)).isInstanceOf(RemoteUnavailable.class);
    fixture.drive.expireUploads();
    remote.create(file, CONTENT);
    assertArrived();
    assertThat(fixture.drive.journal().count(Kind.SESSION_START)).isEqualTo(2);
  }

  @Test
  void aStartWhoseAnswerIsLostLeavesOneFile() {
    fixture.drive.faults().after(Kind.SESSION_START, nth(1), Fault.reset());
    insist(() -> remote.create(file, CONTENT));
    assertArrived();
  }

  @Test
  void chunksAndQuestionsThatFailNowAndThenLeaveOneFile() {
    for (var kind : new Kind[] {Kind.SESSION_CHUNK, Kind.SESSION_STATUS, Kind.SESSION_START}) {
      fixture.drive.faults().before(kind, seeded(kind.ordinal(), 0.4), Fault.status(503));
      fixture.drive.faults().after(kind, seeded(9 + kind.ordinal(), 0.4), Fault.reset());
    }
    insist(() -> remote.create(file, CONTENT));
    assertArrived();
  }

  @Test
  void anotherContentDoesNotContinueTheUploadOfTheFirst() {
    fixture.drive.faults().cutChunk(nth(2), 11 * MIB);
    fixture.drive.faults().before(Kind.SESSION_STATUS, every(), Fault.status(503));
    assertThatThrownBy(() -> remote.create(file, CONTENT)).isInstanceOf(RemoteUnavailable.class);
    fixture.drive.faults().clear();
    var other = hashed(7);
    remote.create(file, other);
    assertThat(fixture.ada().files().get(0).md5()).isEqualTo(other.md5().hex());
  }

  @Test
  void theAddressOfTheSessionIsNeverInTheDatabase() {
    fixture.drive.faults().cutChunk(nth(2), 11 * MIB);
    fixture.drive.faults().before(Kind.SESSION_STATUS, every(), Fault.status(503));
    assertThatThrownBy(() -> remote.create(file, CONTENT)).isInstanceOf(RemoteUnavailable.class);
    var sealed =
        fixture.database.<String>read(
            handle ->
                handle
                    .select("SELECT session_sealed FROM drive_uploads")
                    .mapTo(String.class)
                    .one());
    assertThat(sealed).doesNotContain("upload_id").doesNotContain("http");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 429, 500, 503})
  void noErrorTellsTheAddressOfTheSession(int status) {
    for (var kind : new Kind[] {Kind.SESSION_CHUNK, Kind.SESSION_STATUS}) {
      fixture.drive.faults().before(kind, every(), Fault.status(status));
    }
    assertThatThrownBy(() -> remote.create(file, CONTENT))
        .satisfies(
            error -> assertThat(Throwables.getStackTrace(error)).doesNotContain("upload_id"));
  }

  /** Hashing 100 MB at each question would take longer than everything else. */
  private record Hashed(TestContent content, Md5 md5) implements Content {
    @Override
    public long size() {
      return content.size();
    }

    @Override
    public InputStream open(long from) {
      return content.open(from);
    }
  }

  private static Content hashed(long seed) {
    var content = TestContent.random(SIZE, seed);
    return new Hashed(content, content.md5());
  }

  private void assertArrived() {
    assertThat(fixture.ada().files()).hasSize(1);
    assertThat(fixture.ada().files().get(0).md5()).isEqualTo(CONTENT.md5().hex());
    assertThat(fixture.ada().files().get(0).versions()).isEqualTo(1);
  }
}
