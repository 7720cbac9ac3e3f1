package org.homeport.bridge.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.homeport.bridge.backup.TestHome;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeSizesTest {
  private static final HubUser ADA = HubUser.of("ada");
  private static final Instant MORNING = Instant.parse("2026-10-03T08:00:00Z");

  @TempDir Path folder;
  private final AtomicReference<Instant> now = new AtomicReference<>(MORNING);
  private TestHome home;
  private HomeSizes sizes;

  @BeforeEach
  void open() {
    home = new TestHome(folder, "ada").write("notes.txt", "12345").write("course/a.txt", "123");
    sizes = sizes(HomeSizes.PATIENCE);
  }

  @AfterEach
  void close() {
    sizes.close();
  }

  @Test
  void aHomeIsMeasuredAfterSomebodyAsked() {
    home.link("elsewhere", "/usr");
    assertThat(sizes.of(ADA)).isEmpty();
    assertThat(measured(sizes)).isEqualTo(new HomeSize(8, 2, true, MORNING));
  }

  @Test
  void whatTheOwnerMayNotReadIsNotCounted() throws IOException {
    var closed = Files.createDirectory(home.path("roots"));
    Files.writeString(closed.resolve("secret"), "not the owner's");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    assertThat(measured(sizes)).isEqualTo(new HomeSize(8, 2, false, MORNING));
  }

  @Test
  void anOldFigureIsToldWhileItIsRenewed() {
    var old = measured(sizes);
    home.write("more.txt", "12");
    now.set(MORNING.plus(HomeSizes.FRESH));
    assertThat(sizes.of(ADA)).contains(old);
    assertThat(sizes.of(ADA)).contains(old);
    var later = MORNING.plus(HomeSizes.FRESH).plusSeconds(1);
    now.set(later);
    assertThat(sizes.of(ADA)).contains(old);
    await().until(() -> sizes.of(ADA).equals(Optional.of(new HomeSize(10, 3, true, later))));
  }

  @Test
  void whenPatienceIsOverThereIsAtLeastSoMuch() {
    try (var impatient = sizes(Duration.ZERO)) {
      assertThat(measured(impatient).complete()).isFalse();
    }
  }

  @Test
  void ofWhoHasNoHomeNothingIsKnown() {
    var bob = HubUser.of("bob");
    sizes.of(bob);
    measured(sizes);
    assertThat(sizes.of(bob)).isEmpty();
  }

  private HomeSizes sizes(Duration patience) {
    return new HomeSizes(
        user -> Optional.of(home.account()).filter(account -> user.equals(ADA)),
        new HomeFiles(new AsUser()),
        patience,
        now::get);
  }

  private static HomeSize measured(HomeSizes sizes) {
    return await().until(() -> sizes.of(ADA).orElse(null), Objects::nonNull);
  }
}
