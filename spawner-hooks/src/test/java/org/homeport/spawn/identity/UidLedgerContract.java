package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The promises of every ledger of uids. */
public abstract class UidLedgerContract {
  private static final UidRange RANGE = new UidRange(70000, 70099);
  private static final HubUser ADA = HubUser.of("ada");
  private static final HubUser BOB = HubUser.of("bob");

  /** An empty ledger, the same one at every call of one test. */
  protected abstract UidLedger ledger();

  @Test
  void aUserWithoutUidHasNone() {
    assertThat(ledger().uidOf(ADA)).isEmpty();
    assertThat(ledger().highest(RANGE)).isEmpty();
  }

  @Test
  void aClaimedUidIsTheUsersFromThenOn() {
    assertThat(ledger().claim(ADA, 70000)).isTrue();

    assertThat(ledger().uidOf(ADA)).hasValue(70000);
    assertThat(ledger().uidOf(BOB)).isEmpty();
  }

  @Test
  void aUserNeverGetsASecondUid() {
    ledger().claim(ADA, 70000);

    assertThat(ledger().claim(ADA, 70001)).isFalse();
    assertThat(ledger().uidOf(ADA)).hasValue(70000);
  }

  @Test
  void aUidNeverGetsASecondUser() {
    ledger().claim(ADA, 70000);

    assertThat(ledger().claim(BOB, 70000)).isFalse();
    assertThat(ledger().uidOf(BOB)).isEmpty();
  }

  @Test
  void usersAreToldApartByCaseAndByEveryCharacter() {
    assertThat(ledger().claim(HubUser.of("Ada"), 70000)).isTrue();
    assertThat(ledger().claim(HubUser.of("ada"), 70001)).isTrue();
    assertThat(ledger().claim(HubUser.of("ad\u00e1"), 70002)).isTrue();
    assertThat(ledger().claim(HubUser.of("ada\u0301"), 70003)).isTrue();

    assertThat(ledger().uidOf(HubUser.of("Ada"))).hasValue(70000);
    assertThat(ledger().uidOf(HubUser.of("ada"))).hasValue(70001);
  }

  @Test
  void theHighestUidIsThatOfTheRange() {
    ledger().claim(ADA, 70005);
    ledger().claim(BOB, 80000);

    assertThat(ledger().highest(RANGE)).hasValue(70005);
  }

  @Test
  void ofManyClaimsAtOnceOneIsHeard() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      var claims =
          IntStream.range(0, 32)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> ledger().claim(HubUser.of("user-" + i), 70000))
              .toList();

      assertThat(threads.invokeAll(claims)).extracting(Future::get).containsOnlyOnce(true);
    } finally {
      threads.shutdown();
    }
  }
}
