package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.spawn.Refusals.assertRefused;
import static org.homeport.spawn.seed.SeedOf.nothing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.Thread.State;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.AsUser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeFilesTest {
  private static final RawPath NAME = RawPath.of("name");

  @TempDir Path homes;
  private HomeFixture fixture;

  @BeforeEach
  void setUp() {
    fixture = new HomeFixture(homes);
  }

  @Test
  void workInAHomeIsDoneAsItsOwner() throws IOException {
    fixture.prepare(nothing());

    fixture.files.act(fixture.account, home -> home.create(NAME).close());

    assertThat(HomeFixture.uid(fixture.account.home().resolve("name"))).isEqualTo(HomeFixture.UID);
  }

  @Test
  void whatItsOwnerMayNotReadIsNotRead() throws IOException {
    fixture.prepare(nothing());
    Files.createDirectory(fixture.account.home().resolve("name"));
    Files.setPosixFilePermissions(fixture.account.home().resolve("name"), Set.of());

    assertThatThrownBy(
            () ->
                fixture.files.read(
                    fixture.account,
                    home -> {
                      try (var folder = home.folder(NAME)) {
                        return folder.names();
                      }
                    }))
        .isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void aHomeThatIsMissingIsNotMadeToReadOrWriteInIt() {
    assertThatThrownBy(() -> fixture.files.read(fixture.account, Directory::names))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> fixture.files.act(fixture.account, home -> home.makeFolder(NAME)))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(fixture.account.home()).doesNotExist();
  }

  @Test
  void aLinkIsNotAHome() throws IOException {
    var elsewhere = HomeFixture.giveToUser(Files.createDirectory(homes.resolve("elsewhere")));
    Files.createSymbolicLink(fixture.account.home(), elsewhere);

    assertRefused(() -> read(fixture.account), "home-not-a-folder");
  }

  @Test
  void aHomeOfSomebodyElseIsNotOpened() {
    fixture.prepare(nothing());
    var other = new Account("eve", 12002, 12902, List.of(), fixture.account.home());

    assertRefused(() -> read(other), "home-owner");
  }

  @Test
  void oneWritesAtATime() throws Exception {
    fixture.prepare(nothing());
    var inside = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    var writing = new AtomicInteger();
    var most = new AtomicInteger();
    var first =
        thread(
            () -> {
              most.accumulateAndGet(writing.incrementAndGet(), Math::max);
              inside.countDown();
              await(leave);
              writing.decrementAndGet();
            });
    inside.await();
    var second = thread(() -> most.accumulateAndGet(writing.get() + 1, Math::max));
    while (second.getState() != State.BLOCKED && second.isAlive()) {
      Thread.onSpinWait();
    }

    assertThat(read(fixture.account)).as("readers wait for nobody").isNotNull();
    leave.countDown();
    first.join();
    second.join();

    assertThat(most).hasValue(1);
  }

  private List<RawPath> read(Account account) {
    try {
      return new HomeFiles(new AsUser()).read(account, Directory::names);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Writes in the home in a thread of its own. */
  private Thread thread(Runnable inHome) {
    var thread =
        new Thread(
            () -> {
              try {
                fixture.files.act(fixture.account, home -> inHome.run());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.start();
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
