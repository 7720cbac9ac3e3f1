package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every name that a hub lets pass ends, with each source of accounts, in a home and a container of
 * its own, or in a refusal that says which name it is about.
 */
class HubNamesTest {
  private static final Path HOMES = Path.of("/srv/homes");
  private static final UidRange UIDS = new UidRange(70000, 99999);

  static Stream<HubUser> names() {
    return Stream.of(
            "..",
            ".",
            "a:b",
            "a{b}",
            "-rf",
            "jane@x.org",
            "a".repeat(200),
            "zoë",
            "名前",
            "Foo",
            "foo",
            "a",
            "a-b",
            "a--b",
            "A",
            "20231234",
            "root")
        .map(HubUser::of);
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNameIsTheSafeIdOfAContainer(HubUser user) {
    var container =
        "n".repeat(ServerId.MAX_NETWORK_LENGTH) + "-" + ServerId.of(user, ServerName.DEFAULT);

    assertThat(container).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?").hasSizeLessThanOrEqualTo(63);
  }

  @Test
  void noTwoServersShareAnId() {
    var servers =
        Stream.concat(
                Stream.of("", "2db-x", "b", "lab", "LAB", "-", "---", "a b"),
                names().map(HubUser::name))
            .map(ServerName::of)
            .toList();
    var ids =
        names().flatMap(user -> servers.stream().map(server -> ServerId.of(user, server))).toList();

    assertThat(ids).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aVirtualAccountHasASafeHomeForEveryName(HubUser user) {
    var account = new VirtualAccounts(new MemoryUidLedger(), UIDS, HOMES).of(user);

    assertThat(account.home()).isEqualTo(HOMES.resolve(account.name()));
    assertThat(account.name()).matches("[a-z][a-z0-9-]{0,31}");
  }

  @Test
  void noTwoVirtualAccountsShareAnything() {
    var accounts = new VirtualAccounts(new MemoryUidLedger(), UIDS, HOMES);
    var all = names().map(accounts::of).toList();

    assertThat(all).extracting(Account::uid).doesNotHaveDuplicates();
    assertThat(all).extracting(Account::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    ".., jupyter-..",
    "., jupyter-.",
    "-rf, jupyter--rf",
    "jane@x.org, jupyter-jane@x.org",
    "Foo, jupyter-Foo",
    "foo, jupyter-foo",
    "a-b, jupyter-a-b",
    "20231234, jupyter-20231234",
    "root, jupyter-root",
  })
  void aTljhAccountIsMadeForANameThatUseraddTakes(String user, String account) {
    try (var host = new HostAccounts()) {
      host.willHave(account);

      assertThat(new TljhAccounts(new SystemAccounts(1000)).of(HubUser.of(user)))
          .returns(account, Account::name)
          .returns(Path.of("/home", account), Account::home);
    }
  }

  @Test
  void aTljhAccountIsMadeForAVeryLongName() {
    try (var host = new HostAccounts()) {
      var account = "jupyter-aaaaaaaaaaaaaaaaaa-9445f";
      host.willHave(account);

      assertThat(new TljhAccounts(new SystemAccounts(1000)).of(HubUser.of("a".repeat(200))).name())
          .isEqualTo(account);
    }
  }

  @ParameterizedTest
  @CsvSource({"a:b", "a{b}", "zoë", "名前", "a b", "a;b", "a$b", "a\\b"})
  void aTljhAccountIsRefusedToAnyOtherName(String user) {
    assertRefused(
        () -> new TljhAccounts(new SystemAccounts(1000)).of(HubUser.of(user)),
        "bad-user-name",
        "'" + user + "'");
  }

  @ParameterizedTest
  @CsvSource({"..", ".", "a:b", "a{b}", "-rf", "jane@x.org", "zoë", "名前", "-1000", "0"})
  void aNameThatTheHostDoesNotKnowIsRefused(String user) {
    assertRefused(
        () -> new SystemAccounts(1000).of(HubUser.of(user)), "account-missing", "'" + user + "'");
  }

  @Test
  void aVeryLongNameThatTheHostDoesNotKnowIsRefused() {
    assertRefused(
        () -> new SystemAccounts(1000).of(HubUser.of("a".repeat(200))), "account-missing", "aaaa");
  }

  @Test
  void accountsThatDifferByCaseHaveTheirOwnHomes() {
    try (var host = new HostAccounts()) {
      var lower = host.user("--create-home");
      var upper = lower.toUpperCase(Locale.ROOT);
      host.willHave(upper);
      HostAccounts.run(List.of("useradd", "--badname", "--create-home", upper));

      var accounts = new SystemAccounts(1000);
      assertThat(accounts.of(HubUser.of(upper)).home())
          .isNotEqualTo(accounts.of(HubUser.of(lower)).home());
    }
  }
}
