package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TljhAccountsTest {
  private final HostAccounts host = new HostAccounts();
  private final TljhAccounts accounts = new TljhAccounts(new SystemAccounts(1000));
  private final HubUser user = HubUser.of(HostAccounts.freshName());
  private final String name = "jupyter-" + user;
  private final Path home = Path.of("/home", name);

  @BeforeEach
  void announceTheAccount() {
    host.willHave(name);
  }

  @AfterEach
  void removeAccounts() {
    host.close();
  }

  /** As TLJH's own {@code generate_system_username} answers. */
  @ParameterizedTest
  @CsvSource({
    "test, jupyter-test",
    "Ada, jupyter-Ada",
    "jane@x.org, jupyter-jane@x.org",
    "abcdefghijklmnopq, jupyter-abcdefghijklmnopq",
    "abcdefghijklmnopqr, jupyter-abcdefghijklmnopqr-e375e",
    "ada.lovelace@analytical-engine.example, jupyter-ada.lovelace@analy-5224e",
    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀, jupyter-😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀",
    "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀,"
        + " jupyter-😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀-2b383",
  })
  void namesFollowTljhsRule(String hubName, String accountName) {
    assertThat(TljhAccounts.accountName(HubUser.of(hubName))).isEqualTo(accountName);
  }

  @Test
  void theFirstStartMakesTheAccountAndAHomeThatIsClosedToOthers() throws IOException {
    var account = accounts.of(user);

    assertThat(account.name()).isEqualTo(name);
    assertThat(account.home()).isEqualTo(home);
    assertThat(Files.getAttribute(home, "unix:uid")).isEqualTo((int) account.uid());
    assertThat(Files.getAttribute(home, "unix:gid")).isEqualTo((int) account.gid());
    assertThat(Files.getPosixFilePermissions(home))
        .doesNotContain(
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);
  }

  @Test
  void anAccountThatIsThereIsFoundAgain() {
    var account = accounts.of(user);

    assertThat(accounts.of(user)).isEqualTo(account);
    assertThat(accounts.find(user)).contains(account);
  }

  @Test
  void lookingAUserUpMakesNothing() {
    assertThat(accounts.find(user)).isEmpty();
    assertThat(home).doesNotExist();
  }

  @Test
  void firstStartsAtOnceMakeOneAccount() throws Exception {
    var threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Account> start = () -> accounts.of(user);

      assertThat(threads.invokeAll(Stream.generate(() -> start).limit(4).toList()))
          .extracting(Future::get)
          .containsOnly(accounts.of(user));
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aHomeWhoseAccountIsGoneIsFoundAgainWithItsUid() throws IOException {
    int uid = HostAccounts.freshId();
    Files.createDirectory(home);
    Files.setAttribute(home, "unix:uid", uid);

    assertThat(accounts.of(user).uid()).isEqualTo(uid);
  }

  @Test
  void aHomeThatBecameSomeoneElsesIsRefused() throws IOException {
    int uid = HostAccounts.freshId();
    var other = host.user("--uid", String.valueOf(uid));
    Files.createDirectory(home);
    try {
      Files.setAttribute(home, "unix:uid", uid);

      assertRefused(() -> accounts.of(user), "home-taken", home.toString(), "'" + other + "'");
    } finally {
      Files.delete(home);
    }
  }

  @Test
  void twoLongNamesThatTljhShortensAlikeDoNotShareAnAccount() {
    host.willHave("jupyter-somebody-with-a-lo-32e7b");
    accounts.of(HubUser.of("somebody-with-a-long-name-1323"));

    assertRefused(
        () -> accounts.of(HubUser.of("somebody-with-a-long-name-2395")),
        "account-not-allowed",
        "jupyter-somebody-with-a-lo-32e7b",
        "1323",
        "2395");
  }

  @Test
  void whatUseraddRefusesIsRefusedInItsWords() {
    host.groupNamed(name);

    assertRefused(() -> accounts.of(user), "account-not-made", name, "group " + name + " exists");
  }
}
