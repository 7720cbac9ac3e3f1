package org.homeport.bridge.schedule;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.homeport.bridge.database.Database;

/** A schedule whose time passes by hand, and which does what is due when it is told to. */
public final class ManualSchedule {
  private final SettableClock time = new SettableClock();
  private final Database database;
  private ManualScheduler due;

  public ManualSchedule(Database database, Instant now) {
    this.database = database;
    time.set(now);
  }

  /** Makes a schedule without works; a second one is the schedule after a restart. */
  public Schedule make() {
    return new Schedule(
        works -> {
          due =
              TestHelper.createManualScheduler(database.dataSource(), Schedule.onRequest(works))
                  .clock(time)
                  .startTasks(Schedule.repeated(works))
                  .build();
          return due;
        });
  }

  /** Lets time pass, and does then what is due, and what becomes due by that. */
  public void pass(Duration duration) {
    leap(duration);
    runDue();
  }

  /** Lets time pass in which nobody does anything. */
  public void leap(Duration duration) {
    time.tick(duration);
  }

  public void runDue() {
    due.runAnyDueExecutions();
    due.runAnyDueExecutions();
  }

  /** The same time, for everybody else. */
  public Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return time.now();
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
