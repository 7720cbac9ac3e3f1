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
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * The one schedule, which does the works of all features when they are due. The database remembers
 * what is due, so a restart forgets nothing, and of several bridges only one does it.
 */
public final class Schedule implements AutoCloseable {
  private static final Duration PACE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofMinutes(5);
  private static final int MOST_RETRIES = 3;
  private static final Duration GOODBYE = Duration.ofSeconds(5);

  private final List<Work> works = new ArrayList<>();
  private final Function<List<Work>, Scheduler> maker;
  private Optional<Scheduler> scheduler = Optional.empty();

  /**
   * @param threads how much is done at the same time
   */
  public Schedule(DataSource database, int threads) {
    this(
        works ->
            new SchedulerBuilder(database, onRequest(works))
                .startTasks(repeated(works))
                .threads(threads)
                .pollingInterval(PACE)
                .shutdownMaxWait(GOODBYE)
                .failureLogging(LogLevel.ERROR, true)
                .build());
  }

  Schedule(Function<List<Work>, Scheduler> maker) {
    this.maker = maker;
  }

  /** Adds the works of a feature, before the start. */
  public void add(List<Work> more) {
    if (scheduler.isPresent()) {
      throw new IllegalStateException("The schedule has been started already.");
    }
    works.addAll(more);
  }

  /**
   * Begins to do what is due, if there is any work at all. What the database remembers of works
   * that nobody has added is dropped after two weeks.
   */
  public void start() {
    if (!works.isEmpty()) {
      scheduler = Optional.of(maker.apply(List.copyOf(works)));
      scheduler.get().start();
    }
  }

  /** Asks for work about a key at some time, unless the same is asked for already. */
  public void once(String work, String key, Instant when) {
    started().scheduleIfNotExists(new TaskInstance<Void>(work, key), when);
  }

  /** Returns when work about a key is due, if it is. */
  public Optional<Instant> due(String work, String key) {
    return started()
        .getScheduledExecution(TaskInstanceId.of(work, key))
        .map(execution -> execution.getExecutionTime());
  }

  /** Tells whether work of this name is still to be done, or being done. */
  public boolean awaits(String work) {
    var any = ScheduledExecutionsFilter.all().limit(1);
    return !started().getScheduledExecutionsForTask(work, Void.class, any).isEmpty();
  }

  /** Stops: gives the works that are being done a moment, and then interrupts them. */
  @Override
  public void close() {
    scheduler.ifPresent(Scheduler::stop);
  }

  private Scheduler started() {
    return scheduler.orElseThrow(
        () -> new IllegalStateException("The schedule has not been started."));
  }

  static List<Task<?>> onRequest(List<Work> works) {
    var tasks = new ArrayList<Task<?>>();
    for (var work : works) {
      if (work.repeat().isEmpty()) {
        tasks.add(
            Tasks.oneTime(work.name())
                .onFailure(
                    FailureHandler.<Void>maxRetries(MOST_RETRIES).retryEvery(AGAIN).thenRemove())
                .execute((instance, context) -> run(work, instance.getId())));
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
                          .execute((instance, context) -> run(work, ""))));
    }
    return tasks;
  }

  /** Does work; what it throws is counted, and goes on to the scheduler, which tries again. */
  private static void run(Work work, String key) {
    try {
      work.action().accept(key);
    } catch (RuntimeException e) {
      WorkMetrics.failed(work);
      throw e;
    }
  }

  private static com.github.kagkarlsson.scheduler.task.schedule.Schedule times(Work.Repeat repeat) {
    return repeat instanceof Work.Repeat.Daily daily
        ? Schedules.daily(daily.zone(), daily.time())
        : Schedules.fixedDelay(((Work.Repeat.Every) repeat).pause());
  }
}
