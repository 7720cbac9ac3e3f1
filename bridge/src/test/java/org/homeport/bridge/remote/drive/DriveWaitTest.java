package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.homeport.bridge.remote.drive.fake.Fault;
import org.homeport.bridge.remote.drive.fake.Kind;
import org.homeport.bridge.run.Run.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Backups that Google wants to wait for hours. */
class DriveWaitTest extends DriveNight {

  static Stream<Fault> patience() {
    return Stream.of(Fault.retryAfter(7200), Fault.problem(403, "dailyLimitExceeded"));
  }

  @ParameterizedTest
  @MethodSource("patience")
  void aRunThatWouldWaitForHoursEndsAndTheNextGoesOn(Fault fault) {
    var began = fixture.clock.instant();
    fixture.drive.faults().before(Kind.CREATE, n -> n > FILES, fault);
    var run = bed.backUp();
    assertThat(run.status()).isEqualTo(Status.FAILED);
    assertThat(run.report().message()).contains("minutes").contains("the next one goes on");
    assertThat(Duration.between(began, fixture.clock.instant())).isLessThan(Duration.ofMinutes(10));
    var saved = fixture.ada().files().size();
    assertThat(saved).isPositive();
    fixture.drive.faults().clear();
    assertDone();
  }
}
