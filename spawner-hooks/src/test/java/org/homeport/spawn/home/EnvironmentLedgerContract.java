package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.Test;

/** The promises of every ledger of environment folders. */
public abstract class EnvironmentLedgerContract {
  private static final HubUser ADA = HubUser.of("ada");
  private static final HubUser BOB = HubUser.of("bob");
  private static final ImageName PYTHON = ImageName.of("a/python:1");
  private static final ImageName R = ImageName.of("a/r:1");

  /** An empty ledger, the same one at every call of one test. */
  protected abstract EnvironmentLedger ledger();

  @Test
  void aNewUserHasNoFolders() {
    assertThat(ledger().foldersOf(ADA)).isEmpty();
  }

  @Test
  void aClaimedFolderIsTheImagesFromThenOn() {
    assertThat(ledger().claim(ADA, PYTHON, "python")).isTrue();
    assertThat(ledger().claim(ADA, R, "r")).isTrue();

    assertThat(ledger().foldersOf(ADA)).containsOnly(entry(PYTHON, "python"), entry(R, "r"));
  }

  @Test
  void anImageNeverGetsASecondFolder() {
    ledger().claim(ADA, PYTHON, "python");

    assertThat(ledger().claim(ADA, PYTHON, "other")).isFalse();
    assertThat(ledger().foldersOf(ADA)).containsOnly(entry(PYTHON, "python"));
  }

  @Test
  void aFolderNeverGetsASecondImage() {
    ledger().claim(ADA, PYTHON, "folder");

    assertThat(ledger().claim(ADA, R, "folder")).isFalse();
    assertThat(ledger().foldersOf(ADA)).containsOnly(entry(PYTHON, "folder"));
  }

  @Test
  void usersHaveTheirFoldersToThemselves() {
    assertThat(ledger().claim(ADA, PYTHON, "python")).isTrue();
    assertThat(ledger().claim(BOB, PYTHON, "python")).isTrue();
    assertThat(ledger().claim(HubUser.of("Ada"), R, "python")).isTrue();

    assertThat(ledger().foldersOf(ADA)).containsOnly(entry(PYTHON, "python"));
  }

  @Test
  void ofManyClaimsAtOnceOneIsHeard() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      var claims =
          IntStream.range(0, 32)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> ledger().claim(ADA, ImageName.of("image:" + i), "folder"))
              .toList();

      assertThat(threads.invokeAll(claims)).extracting(Future::get).containsOnlyOnce(true);
    } finally {
      threads.shutdown();
    }
  }
}
