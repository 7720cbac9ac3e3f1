package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualAccountsTest {
  private static final Path HOMES = Path.of("/srv/homes");
  private static final int FIRST = HostAccounts.freshId();
  private static final UidRange UIDS = new UidRange(FIRST, FIRST + 2);
  private static final HubUser ADA = HubUser.of("ada");

  private final UidLedger ledger = new MemoryUidLedger();
  private final VirtualAccounts accounts = new VirtualAccounts(ledger, UIDS, HOMES);

  @Test
  void aUserGetsAUidAGroupOfTheSameNumberAndAHome() {
    assertThat(accounts.of(ADA))
        .isEqualTo(new Account("ada", FIRST, FIRST, List.of(), Path.of("/srv/homes/ada")));
  }

  @Test
  void anAccountIsRememberedAcrossRestarts() {
    accounts.of(HubUser.of("bob"));
    var account = accounts.of(ADA);

    assertThat(new VirtualAccounts(ledger, UIDS, HOMES).of(ADA)).isEqualTo(account);
  }

  @Test
  void lookingAUserUpGivesThemNoUid() {
    assertThat(accounts.find(ADA)).isEmpty();
    assertThat(ledger.uidOf(ADA)).isEmpty();
  }

  @Test
  void aUidOfTheHostIsNotGiven() {
    try (var host = new HostAccounts()) {
      host.user("--uid", String.valueOf(FIRST));
      host.group("--gid", String.valueOf(FIRST + 1));

      assertThat(accounts.of(ADA).uid()).isEqualTo(FIRST + 2);
    }
  }

  @Test
  void afterALossOfTheDatabaseNobodyGetsTheHomeOfAnother(@TempDir Path homes) throws IOException {
    Files.setAttribute(Files.createDirectory(homes.resolve("bob")), "unix:uid", FIRST);
    Files.setAttribute(Files.createDirectory(homes.resolve("ada")), "unix:uid", FIRST + 1);
    var forgetful = new VirtualAccounts(ledger, UIDS, homes);

    assertThat(forgetful.of(HubUser.of("eve")).uid()).isEqualTo(FIRST + 2);
    assertThat(forgetful.of(ADA).uid()).as("the owner of her home").isEqualTo(FIRST + 1);
    assertThat(forgetful.of(HubUser.of("bob")).uid()).isEqualTo(FIRST);
  }

  @Test
  void aUidThatTheHostHasTakenSinceIsRefused() {
    accounts.of(ADA);
    try (var host = new HostAccounts()) {
      host.user("--uid", String.valueOf(FIRST));

      assertRefused(() -> accounts.of(ADA), "account-not-allowed", "'ada'", String.valueOf(FIRST));
    }
  }

  @Test
  void aRangeThatIsUsedUpIsRefused() {
    for (var name : List.of("one", "two", "three")) {
      accounts.of(HubUser.of(name));
    }

    assertRefused(() -> accounts.of(ADA), "accounts-used-up", UIDS.toString());
    assertThat(accounts.of(HubUser.of("two")).uid()).isEqualTo(FIRST + 1);
  }

  @Test
  void firstStartsAtOnceGiveEachUserOneUid() throws Exception {
    var many = new VirtualAccounts(ledger, new UidRange(FIRST, FIRST + 99), HOMES);
    var threads = Executors.newFixedThreadPool(8);
    try {
      var starts =
          IntStream.range(0, 80)
              .<Callable<Account>>mapToObj(i -> () -> many.of(HubUser.of("user-" + i % 20)))
              .toList();

      var started = new HashSet<Account>();
      for (var start : threads.invokeAll(starts)) {
        started.add(start.get());
      }

      assertThat(started).hasSize(20);
      assertThat(started).extracting(Account::uid).doesNotHaveDuplicates();
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "20231234", "jane@x.org", "Ada", "a--b", "a-", "-rf", ".."})
  void anAccountIsNamedSoThatWhoamiCanSayIt(String user) {
    assertThat(accounts.of(HubUser.of(user)).name())
        .matches("[a-z][a-z0-9-]{0,31}")
        .isNotEqualTo("root");
  }
}
