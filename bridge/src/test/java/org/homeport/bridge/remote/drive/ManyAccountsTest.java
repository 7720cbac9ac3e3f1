package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.TestContent;
import org.homeport.bridge.remote.drive.fake.SimulatedClock;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A night of a whole campus, in simulated time. */
class ManyAccountsTest {
  private static final int ACCOUNTS = 1000;
  private static final int FILES = 50;
  private static final int AT_ONCE = 100;
  private static final double QUERIES_A_SECOND = 12_000 / 60.0;

  @TempDir Path folder;

  @Test
  void aThousandAccountsUseTheProjectsQuotaAndAreNeverRefused() throws Exception {
    var clock = new SimulatedClock(Instant.parse("2026-10-03T02:00:00Z"));
    try (var fixture = new DriveFixture(folder, DriveRates.USUAL, clock)) {
      var users = IntStream.range(0, ACCOUNTS).mapToObj(i -> HubUser.of("user" + i)).toList();
      users.forEach(user -> fixture.connect(user, user + "@example.org"));
      fixture.drive.limits().writes(3, 10);
      fixture.drive.limits().queriesPerMinute(12_000);
      fixture.drive.journal().clear();

      var began = clock.instant();
      atOnce(users, user -> clock.work(() -> save(fixture, user)));

      var floor = ACCOUNTS * (FILES + 1) / QUERIES_A_SECOND;
      var took = Duration.between(began, clock.instant()).toMillis() / 1000.0;
      assertThat(floor / took).isGreaterThan(0.9);
      assertThat(fixture.drive.journal().refused()).isZero();
      assertThat(users)
          .allSatisfy(
              user ->
                  assertThat(fixture.drive.account(user + "@example.org").files()).hasSize(FILES));
    }
  }

  private static void save(DriveFixture fixture, HubUser user) {
    try (var remote = fixture.open(user)) {
      var ids = remote.reserveIds(FILES + 1);
      var course = new NewFolder(ids.get(0), remote.top(), "course", Map.of());
      remote.createFolders(List.of(course));
      for (var i = 1; i <= FILES; i++) {
        var file = new NewFile(ids.get(i), course.id(), "file " + i, Instant.EPOCH, Map.of());
        remote.create(file, TestContent.of("text " + i));
      }
    }
  }

  private static void atOnce(List<HubUser> users, java.util.function.Consumer<HubUser> work)
      throws Exception {
    var threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      for (var done : users.stream().map(u -> threads.submit(() -> work.accept(u))).toList()) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
