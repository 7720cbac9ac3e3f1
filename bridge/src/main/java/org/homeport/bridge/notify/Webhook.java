package org.homeport.bridge.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.night.Night;
import org.homeport.bridge.night.NightListener;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.run.RunListener;

/** Posts news of each night and each backup as JSON. */
final class Webhook implements RunListener, NightListener {
  private static final ObjectMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

  private final Delivery delivery;
  private final Set<Moment> on;

  /** The body that a webhook gets about one backup. */
  private record BackupNews(
      Moment event,
      String about,
      String user,
      long number,
      String startedBy,
      String startedAt,
      Optional<String> endedAt,
      Run.Status status,
      long files,
      long bytes,
      long filesSent,
      long bytesSent,
      long skipped,
      String message) {}

  /** The body that a webhook gets about a night. */
  private record NightNews(
      Moment event,
      String about,
      String startedAt,
      Optional<String> endedAt,
      Map<Run.Status, Long> homes,
      String message) {}

  Webhook(Delivery delivery, Set<Moment> on) {
    this.delivery = delivery;
    this.on = on;
  }

  @Override
  public void began(Run run) {
    tell(Moment.START, run);
  }

  @Override
  public void ended(Run run) {
    tell(run.status().isSaved() ? Moment.SUCCESS : Moment.FAILURE, run);
  }

  @Override
  public void nightBegan(Instant begun) {
    tell(
        Moment.START,
        new NightNews(Moment.START, "night", begun.toString(), Optional.empty(), Map.of(), ""));
  }

  @Override
  public void nightEnded(Night night) {
    var moment = night.isSuccess() ? Moment.SUCCESS : Moment.FAILURE;
    var ended = Optional.of(night.ended().toString());
    tell(
        moment,
        new NightNews(
            moment, "night", night.begun().toString(), ended, night.homes(), night.message()));
  }

  private void tell(Moment moment, Run run) {
    if (run.kind() == Run.Kind.BACKUP) {
      tell(moment, news(moment, run));
    }
  }

  private void tell(Moment moment, Record news) {
    if (on.contains(moment)) {
      delivery.post("", "application/json", json(news));
    }
  }

  private static BackupNews news(Moment moment, Run run) {
    var report = run.report();
    return new BackupNews(
        moment,
        "backup",
        run.user().name(),
        run.number(),
        run.startedBy(),
        run.startedAt().toString(),
        run.endedAt().map(Instant::toString),
        run.status(),
        report.filesKnown(),
        report.bytesKnown(),
        report.filesSent(),
        report.bytesSent(),
        report.skippedCount(),
        report.message());
  }

  private static String json(Record news) {
    try {
      return JSON.writeValueAsString(news);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("News can always be written.", e);
    }
  }
}
