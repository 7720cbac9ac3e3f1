package org.homeport.spawn.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.Test;

/** The promises of every ledger of seeds. */
public abstract class SeedLedgerContract {
  private static final HubUser ADA = HubUser.of("ada");
  private static final String FOLDER = "caf%E9-1";
  private static final SeedManifest ONE = manifest("one");
  private static final SeedManifest TWO = manifest("two");

  /** An empty ledger, the same one at every call of one test. */
  protected abstract SeedLedger ledger();

  @Test
  void knowsNothingOfANewFolder() {
    assertThat(ledger().applied(ADA, FOLDER)).isEmpty();
    assertThat(ledger().history(ADA, FOLDER)).isEqualTo(SeedLedger.History.NONE);
  }

  @Test
  void aRunThatBeganIsUnfinished() {
    ledger().begin(ADA, FOLDER, ONE);

    assertThat(ledger().applied(ADA, FOLDER)).isEmpty();
    assertThat(ledger().history(ADA, FOLDER))
        .isEqualTo(new SeedLedger.History(SeedManifest.EMPTY, List.of(ONE)));
  }

  @Test
  void aRunThatEndedIsApplied() {
    ledger().begin(ADA, FOLDER, ONE);
    ledger().finish(ADA, FOLDER, ONE.digest(), ONE);

    assertThat(ledger().applied(ADA, FOLDER)).contains(ONE.digest());
    assertThat(ledger().history(ADA, FOLDER)).isEqualTo(new SeedLedger.History(ONE, List.of()));
  }

  @Test
  void aSeedThatNeededNoWritingCanEndWithoutABeginning() {
    ledger().finish(ADA, FOLDER, ONE.digest(), ONE);

    assertThat(ledger().applied(ADA, FOLDER)).contains(ONE.digest());
  }

  @Test
  void theNextRunTakesAwayThatTheLastIsApplied() {
    ledger().finish(ADA, FOLDER, ONE.digest(), ONE);
    ledger().begin(ADA, FOLDER, TWO);

    assertThat(ledger().applied(ADA, FOLDER)).isEmpty();
    assertThat(ledger().history(ADA, FOLDER)).isEqualTo(new SeedLedger.History(ONE, List.of(TWO)));
  }

  @Test
  void remembersEveryUnfinishedSeedOnceTheOldestFirst() {
    ledger().begin(ADA, FOLDER, TWO);
    ledger().begin(ADA, FOLDER, ONE);
    ledger().begin(ADA, FOLDER, TWO);

    assertThat(ledger().history(ADA, FOLDER).unfinished()).containsExactly(TWO, ONE);
  }

  @Test
  void theDigestOfASeedMayDifferFromWhatCountsAsSeeded() {
    ledger().finish(ADA, FOLDER, TWO.digest(), ONE);

    assertThat(ledger().applied(ADA, FOLDER)).contains(TWO.digest());
    assertThat(ledger().history(ADA, FOLDER).last()).isEqualTo(ONE);
  }

  @Test
  void forgetsOneFolderAndNoOther() {
    ledger().finish(ADA, FOLDER, ONE.digest(), ONE);
    ledger().finish(ADA, "other", ONE.digest(), ONE);
    ledger().finish(HubUser.of("bob"), FOLDER, ONE.digest(), ONE);
    ledger().begin(ADA, FOLDER, TWO);

    ledger().forget(ADA, FOLDER);

    assertThat(ledger().history(ADA, FOLDER)).isEqualTo(SeedLedger.History.NONE);
    assertThat(ledger().applied(ADA, "other")).isPresent();
    assertThat(ledger().applied(HubUser.of("bob"), FOLDER)).isPresent();
  }

  private static SeedManifest manifest(String name) {
    return new SeedManifest(
        Map.of(
            RawPath.of("notes"),
            new SeedEntry.Folder(0755, 1),
            RawPath.of("notes/" + name),
            new SeedEntry.File(0644, 1_000_000_001, 3, "a".repeat(64)),
            new RawPath("caf%E9"),
            new SeedEntry.Link("%FF/100%25", -1)));
  }
}
