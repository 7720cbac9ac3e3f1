package org.homeport.bridge.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.OnBothDatabases;
import org.homeport.bridge.database.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnBothDatabases
class ScheduleTest {
  private static final Instant EVENING = Instant.parse("2026-10-03T20:00:00Z");

  @TempDir Path folder;
  private final List<String> done = new ArrayList<>();
  private final List<Work> works =
      List.of(
          Work.onceFor("save", done::add),
          Work.onceFor(
              "fail",
              key -> {
                done.add("tried");
                throw new IllegalStateException("on purpose");
              }),
          Work.daily("night", LocalTime.of(2, 0), ZoneOffset.UTC, () -> done.add("night")));
  private Database database;
  private ManualSchedule manual;
  private Schedule schedule;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("homeport.db"));
    manual = new ManualSchedule(database, EVENING);
    begin();
  }

  private void begin() {
    schedule = manual.make();
    schedule.add(works);
    schedule.add(List.of(Work.onceFor("tidy", key -> done.add("tidy " + key))));
    schedule.start();
  }

  @AfterEach
  void close() {
    schedule.close();
    database.close();
  }

  @Test
  void workIsDoneWhenItIsDueAndNotBefore() {
    schedule.once("save", "ada", EVENING.plusSeconds(60));
    manual.runDue();
    assertThat(done).isEmpty();
    manual.pass(Duration.ofMinutes(2));
    assertThat(done).containsExactly("ada");
  }

  @Test
  void theWorksOfAllFeaturesAreDone() {
    schedule.once("tidy", "ada", EVENING);
    schedule.once("save", "ada", EVENING);
    manual.runDue();
    assertThat(done).containsExactlyInAnyOrder("tidy ada", "ada");
  }

  @Test
  void workThatIsAddedAfterTheStartIsRefused() {
    assertThatThrownBy(() -> schedule.add(works)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void askedForTwiceItIsDoneOnce() {
    schedule.once("save", "ada", EVENING);
    schedule.once("save", "ada", EVENING);
    schedule.once("save", "bob", EVENING);
    manual.runDue();
    assertThat(done).containsExactlyInAnyOrder("ada", "bob");
  }

  @Test
  void aRestartForgetsNothing() {
    schedule.once("save", "ada", EVENING.plusSeconds(60));
    schedule.close();
    begin();
    assertThat(schedule.due("save", "ada")).contains(EVENING.plusSeconds(60));
    manual.pass(Duration.ofMinutes(2));
    assertThat(done).containsExactly("ada");
  }

  @Test
  void everyDayIsEveryDay() {
    for (var hours = 0; hours < 72; hours++) {
      manual.pass(Duration.ofHours(1));
    }
    assertThat(done).containsExactly("night", "night", "night");
  }

  @Test
  void whatFailsIsTriedAFewTimes() {
    schedule.once("fail", "ada", EVENING);
    for (var minutes = 0; minutes < 60; minutes++) {
      manual.pass(Duration.ofMinutes(1));
    }
    assertThat(done).hasSizeBetween(2, 5);
    assertThat(schedule.due("fail", "ada")).isEmpty();
  }
}
