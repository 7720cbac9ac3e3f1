package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.homeport.spawn.identity.NameService.Entry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemAccountsTest {
  private final HostAccounts host = new HostAccounts();
  private final SystemAccounts accounts = new SystemAccounts(1000);

  @AfterEach
  void removeAccounts() {
    host.close();
  }

  @Test
  void anAccountHasItsUidItsRealPrimaryGroupAndItsHome() {
    int uid = HostAccounts.freshId();
    int gid = uid + 1;
    var group = host.group("--gid", String.valueOf(gid));
    var name =
        host.user("--uid", String.valueOf(uid), "--gid", group, "--home-dir", "/home/of/ada");

    assertThat(accounts.of(HubUser.of(name)))
        .isEqualTo(new Account(name, uid, gid, List.of(), Path.of("/home/of/ada")));
  }

  @Test
  void anAccountBringsItsOtherGroupsHoweverMany() {
    var groups = Stream.generate(host::group).limit(20).toList();
    var name = host.user("--groups", String.join(",", groups));

    var account = accounts.of(HubUser.of(name));

    assertThat(account.groups()).extracting(Account.Group::name).hasSameElementsAs(groups);
    assertThat(account.groupIds()).doesNotContain(account.gid()).doesNotHaveDuplicates();
  }

  @Test
  void anEntryOfAnyLengthIsReadWhole() {
    var name = host.user("--comment", "x".repeat(20_000));

    assertThat(accounts.of(HubUser.of(name)).name()).isEqualTo(name);
  }

  @Test
  void aUserWithoutAccountIsRefusedByName() {
    var user = HubUser.of(HostAccounts.freshName());

    assertRefused(() -> accounts.of(user), "account-missing", user.name());
    assertThat(accounts.find(user)).isEmpty();
  }

  @Test
  void rootIsNobodysAccount() {
    assertRefused(() -> accounts.of(HubUser.of("root")), "account-not-allowed", "root", "uid 0");
  }

  @Test
  void aDaemonIsNobodysAccount() {
    assertRefused(() -> accounts.of(HubUser.of("daemon")), "account-not-allowed", "uid 1,");
  }

  @Test
  void nobodyIsNobodysAccount() {
    assertRefused(() -> accounts.of(HubUser.of("nobody")), "account-not-allowed", "uid 65534");
  }

  @Test
  void anAccountOfRootsGroupIsRefused() {
    var name = host.user("--gid", "0");

    assertRefused(() -> accounts.of(HubUser.of(name)), "account-not-allowed", "gid 0");
  }

  @Test
  void anIdMayBeAnyThatTheKernelHas() {
    assertThat(accounts.account("ada", entry("ada", 4_000_000_000L, 3_000_000_000L, "/home/ada")))
        .returns(4_000_000_000L, Account::uid)
        .returns(3_000_000_000L, Account::gid);
    assertRefused(
        () -> accounts.account("ada", entry("ada", 4_294_967_295L, 1001, "/home/ada")),
        "account-not-allowed",
        "uid 4294967295");
  }

  @Test
  void anAccountMayBeInAGroupWithAnyIdThatTheKernelHas() {
    var group = host.group("--gid", "3000000001");
    var user = host.user("--groups", group);

    assertThat(accounts.find(HubUser.of(user)))
        .hasValueSatisfying(
            account ->
                assertThat(account.groups()).contains(new Account.Group(group, 3_000_000_001L)));
  }

  @Test
  void aDirectoryThatIgnoresCaseGivesTwoUsersNoCommonAccount() {
    assertRefused(
        () -> accounts.account("Ada", entry("ada", 1001, 1001, "/home/ada")),
        "account-not-allowed",
        "'Ada'",
        "'ada'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "home/ada",
        "/home",
        "/nonexistent",
        "/nonexistent/ada",
        "/root",
        "/root/ada",
        "/etc/ada",
        "/proc/1",
        "/home/../etc/ada",
        "/home/./ada",
        "/home/ada/..",
        "/home/a:b",
        "/home/a\nb",
        "/home/a\uFFFDb"
      })
  void aHomeThatCannotBeMountedIsRefused(String home) {
    assertRefused(
        () -> accounts.account("ada", entry("ada", 1001, 1001, home)), "bad-home", "'ada'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/home/ada", "/home/ada/", "/srv/nfs/home/a/ada", "/home/EXAMPLE/Ada B"})
  void aHomeAnywhereElseIsFine(String home) {
    assertThat(accounts.account("ada", entry("ada", 1001, 1001, home)).home())
        .isEqualTo(Path.of(home));
  }

  private static Entry entry(String name, long uid, long gid, String home) {
    return new Entry(name, uid, gid, "", home);
  }
}
