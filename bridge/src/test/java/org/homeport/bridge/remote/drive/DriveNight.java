package org.homeport.bridge.remote.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.drive.fake.SimulatedClock;
import org.homeport.bridge.run.Run.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A home of some files, and the nights in which it is saved to a pretended Drive. */
abstract class DriveNight {
  static final int FILES = 40;
  static final int FOLDERS = 20;

  @TempDir Path place;
  @TempDir Path state;
  DriveFixture fixture;
  BackupBed bed;
  final Map<String, String> home = new TreeMap<>();

  @BeforeEach
  void open() throws IOException {
    var night = new SimulatedClock(Instant.parse("2026-10-03T02:00:00Z"));
    fixture = new DriveFixture(state, DriveRates.USUAL, night);
    bed = new BackupBed(place, fixture::open);
    for (var i = 0; i < FILES; i++) {
      write("course " + i % 5 + "/week " + i % 3 + "/file " + i, "text " + i);
    }
  }

  @AfterEach
  void close() throws IOException {
    bed.close();
    fixture.close();
  }

  final void write(String path, String text) {
    bed.home().write(path, text);
    home.put(path, Md5.of(text.getBytes(StandardCharsets.UTF_8)).hex());
  }

  /** After some nights, each path is there once, with the content that it has at home. */
  final void assertDone() {
    for (var nights = 0; bed.backUp().status() != Status.DONE; nights++) {
      assertThat(nights).isLessThan(30);
      bed.restart();
    }
    var there = new TreeMap<String, String>();
    fixture.ada().tree().forEach((path, md5) -> there.put(path.replace("/home/ada/", ""), md5));
    there
        .entrySet()
        .removeIf(entry -> entry.getKey().startsWith("/") || entry.getValue().isEmpty());
    assertThat(there).isEqualTo(home);
  }
}
