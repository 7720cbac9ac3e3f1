package org.homeport.bridge.schedule;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Does what is due. The database remembers it, so a restart forgets nothing, and of several bridges
 * one does it.
 */
public final class Schedule implements AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final int MOST_RETRIES = 3;

  private final Scheduler scheduler;

  /**
   * @param works all that may ever be due; what the database remembers beyond that is dropped
   * @param threads how much is done at the same time
   */
  public Schedule(DataSource database, List<Work> works, int threads) {
    this(
        new SchedulerBuilder(database, onRequest(works))
            .startTasks(repeated(works))
            .threads(threads)
            .pollingInterval(PACE)
            .failureLogging(LogLevel.ERROR, true)
            .build());
  }

  Schedule(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Begins to do what is due. */
  public void start() {
    scheduler.start();
  }

  /** Asks for work about a key at some time, unless the same is asked for already. */
  public void once(String work, String key, Instant when) {
    scheduler.scheduleIfNotExists(new TaskInstance<Void>(work, key), when);
  }

  /** When work about a key is due, if it is. */
  public Optional<Instant> due(String work, String key) {
    return scheduler
        .getScheduledExecution(TaskInstanceId.of(work, key))
        .map(execution -> execution.getExecutionTime());
  }

  /** Whether work of this name is still to be done, or being done. */
  public boolean awaits(String work) {
    var any = ScheduledExecutionsFilter.all().limit(1);
    return !scheduler.getScheduledExecutionsForTask(work, Void.class, any).isEmpty();
  }

  /** Waits for what is being done. */
  @Override
  public void close() {
    scheduler.stop();
  }

  static List<Task<?>> onRequest(List<Work> works) {
    var tasks = new ArrayList<Task<?>>();
    for (var work : works) {
      if (work.repeat().isEmpty()) {
        tasks.add(
            Tasks.oneTime(work.name())
                .onFailure(
                    FailureHandler.<Void>maxRetries(MOST_RETRIES).retryEvery(AGAIN).thenRemove())
                .execute((instance, context) -> work.action().accept(instance.getId())));
      }
    }
    return tasks;
  }

  static List<RecurringTask<Void>> repeated(List<Work> works) {
    var tasks = new ArrayList<RecurringTask<Void>>();
    for (var work : works) {
      work.repeat()
          .ifPresent(
              repeat ->
                  tasks.add(
                      Tasks.recurring(work.name(), times(repeat))
                          .execute((instance, context) -> work.action().accept(""))));
    }
    return tasks;
  }

  private static com.github.kagkarlsson.scheduler.task.schedule.Schedule times(Work.Repeat repeat) {
    return repeat instanceof Work.Repeat.Daily daily
        ? Schedules.daily(daily.zone(), daily.time())
        : Schedules.fixedDelay(((Work.Repeat.Every) repeat).pause());
  }
}
