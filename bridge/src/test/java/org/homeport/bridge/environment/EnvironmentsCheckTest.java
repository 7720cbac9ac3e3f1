package org.homeport.bridge.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.engine.FakeImages;
import org.homeport.bridge.environment.EnvironmentSettings.Fetcher;
import org.homeport.bridge.environment.EnvironmentSettings.Pull;
import org.homeport.spawn.SpawnPlanner.StartIn;
import org.homeport.spawn.image.ImagePattern;
import org.junit.jupiter.api.Test;

class EnvironmentsCheckTest {
  private static final long KEEP_FREE = 5L << 30;
  private static final List<ImagePattern> LISTED = List.of(ImagePattern.of("course/listed:1"));

  private final FakeImages store = new FakeImages();

  @Test
  void aMissingImageForWhichThereIsNoRoomIsNamedBeforeAUserMeetsIt() {
    store.leaveRoom(KEEP_FREE - 1);
    var findings = look();
    assertThat(findings.allWell()).isFalse();
    assertThat(findings.lines())
        .anySatisfy(line -> assertThat(line).contains("less than 5 GiB of the disk are free"))
        .anySatisfy(line -> assertThat(line).contains("set environments.keep-free"));
  }

  @Test
  void aMissingImageForWhichThereIsRoomIsFetchedByTheFirstStart() {
    store.leaveRoom(KEEP_FREE);
    assertThat(look().allWell()).isTrue();
  }

  private Findings look() {
    var findings = new Findings();
    var settings =
        new EnvironmentSettings(
            LISTED,
            Pull.IF_MISSING,
            Fetcher.ADMINISTRATORS,
            1,
            KEEP_FREE,
            Path.of("/home/jovyan"),
            0,
            StartIn.ENVIRONMENT);
    var environments = new Environments(store, image -> List.of(), LISTED);
    new EnvironmentsCheck(environments, settings).look(findings);
    return findings;
  }
}
