package org.homeport.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.home.EnvironmentTable;
import org.homeport.bridge.home.HomeSizes;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.remote.folder.FolderRemotes;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.server.Server;
import org.homeport.bridge.tree.TreeTable;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who have left, and users whose accounts are broken. */
@OnBothDatabases
class ForgettingTest {
  private static final HubUser ADA = BackupBed.ADA;
  private static final HubUser BOB = HubUser.of("bob");

  @TempDir Path folder;
  private final List<Server> servers = new ArrayList<>();
  private BackupBed bed;
  private Runnable meanwhile = () -> {};
  private HomeSizes sizes;
  private Users users;
  private Forgetting forgetting;

  @BeforeEach
  void open() {
    var clock = Clock.systemUTC();
    bed = new BackupBed(folder, new FolderRemotes(folder.resolve("far-end"), clock));
    var environments = new EnvironmentTable(bed.database());
    environments.claim(ADA, ImageName.of("a/b:1"), "a-b-1");
    environments.claim(BOB, ImageName.of("a/b:1"), "a-b-1");
    sizes = new HomeSizes(user -> Optional.empty(), new HomeFiles(new AsUser()), clock);
    users = new Users(accounts(), environments, sizes);
    forgetting =
        new Forgetting(
            () -> servers,
            this::forgetServer,
            bed.runs(),
            Optional.empty(),
            new TreeTable(bed.database()),
            users);
  }

  @AfterEach
  void close() {
    sizes.close();
    bed.close();
  }

  @Test
  void aUserWhoIsForgottenIsInNoListAndTheFilesStay() {
    bed.home().write("notes.txt", "n");
    bed.backUp();
    servers.add(server(Server.State.STOPPED));
    forgetting.accept(ADA);
    assertThat(users.names()).containsExactly(BOB);
    assertThat(bed.runs().lastSaved()).isEmpty();
    assertThat(servers).isEmpty();
    assertThat(bed.saved()).containsEntry("notes.txt", "n");
    assertThat(bed.home().text("notes.txt")).isEqualTo("n");

    var again = bed.backUp();
    assertThat(again.report().filesSent()).as("files that were sent a second time").isZero();
  }

  @Test
  void aUserWithAServerThatRunsIsNotForgotten() {
    servers.add(server(Server.State.RUNNING));
    assertBusy();
  }

  @Test
  void aUserWhoseHomeIsBeingSavedIsNotForgotten() {
    try (var lease = bed.runs().beginAlone(BackupBed.HOME, Run.Kind.BACKUP, "test").orElseThrow()) {
      assertThat(lease.run().isRunning()).isTrue();
      assertBusy();
    }
  }

  @Test
  void noBackupBeginsWhileAUserIsForgotten() {
    servers.add(server(Server.State.STOPPED));
    meanwhile =
        () -> assertThat(bed.runs().beginAlone(BackupBed.HOME, Run.Kind.BACKUP, "test")).isEmpty();
    forgetting.accept(ADA);
    assertThat(servers).isEmpty();
    assertThat(bed.backUp().status()).isEqualTo(Run.Status.DONE);
  }

  @Test
  void anAccountThatCannotBeReadIsListedAsBrokenBesideAllOthers() {
    var all = users.list();
    assertThat(all).extracting(Users.User::user).containsExactly(ADA, BOB);
    assertThat(all.get(0).account()).isPresent();
    assertThat(all.get(0).problem()).isEmpty();
    assertThat(all.get(1).account()).isEmpty();
    assertThat(all.get(1).problem()).isPresent();
  }

  private void assertBusy() {
    assertThatThrownBy(() -> forgetting.accept(ADA))
        .isInstanceOfSatisfying(
            SpawnRefused.class, refused -> assertThat(refused.code()).isEqualTo("busy"));
    assertThat(users.names()).contains(ADA);
  }

  private Accounts accounts() {
    return new Accounts() {
      @Override
      public Account of(HubUser user) {
        return find(user).orElseThrow();
      }

      @Override
      public Optional<Account> find(HubUser user) {
        if (user.equals(BOB)) {
          throw new NumberFormatException("For input string: \"4294967294\"");
        }
        return Optional.of(bed.home().account());
      }
    };
  }

  private void forgetServer(String id) {
    meanwhile.run();
    servers.removeIf(server -> server.id().equals(id));
  }

  private static Server server(Server.State state) {
    return new Server(
        "ada",
        ADA,
        ServerName.of(""),
        ImageName.of("a/b:1"),
        "homeport-ada",
        state,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        "5f0c92ab",
        Clock.systemUTC().instant());
  }
}
