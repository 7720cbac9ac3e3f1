package org.homeport.bridge.backup;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.homeport.bridge.index.SavedFiles;
import org.homeport.bridge.run.Run;
import org.homeport.spawn.identity.HubUser;

/** What there is to measure of backups, and what they know of homes. */
public final class BackupMetrics {
  private static final Histogram RUNS =
      Histogram.builder()
          .name("homeport_backup_run_duration_seconds")
          .help("What backups, restores and verifications took")
          .labelNames("kind", "status")
          .classicOnly()
          .classicUpperBounds(1, 5, 15, 60, 300, 900, 3600, 4 * 3600)
          .register();
  private static final Counter SENT =
      Counter.builder()
          .name("homeport_backup_sent_bytes_total")
          .help("What runs sent to the storage of the backups, or fetched from it")
          .labelNames("kind")
          .register();
  private static final Gauge SAVED =
      home("homeport_backup_last_success_timestamp_seconds", "When the home was last saved");
  private static final Gauge CHANGED =
      // named as prometheus-dirsize-exporter does, for the dashboards that read it already
      home("dirsize_latest_mtime", "The last change of a file, as the last backup found it");

  /** By run, since to find it takes a look at all files of the home. */
  private static final Map<Run, Long> CHANGES = new ConcurrentHashMap<>();

  private BackupMetrics() {}

  public static void ended(Run run) {
    var end = run.endedAt().orElse(run.startedAt());
    RUNS.labelValues(run.kind().toString(), run.status().toString())
        .observe(Duration.between(run.startedAt(), end).toMillis() / 1e3);
    SENT.labelValues(run.kind().toString()).inc(run.report().bytesSent());
  }

  /** Brings up to date what is looked at rather than counted. */
  public static void look(Function<HubUser, Optional<Path>> homes, BackupFeature backups) {
    SAVED.clear();
    CHANGED.clear();
    var saved = backups.runs().lastSaved();
    CHANGES.keySet().retainAll(Set.copyOf(saved));
    for (var run : saved) {
      homes
          .apply(run.user())
          .ifPresent(home -> look(home.getFileName().toString(), run, backups.files()));
    }
  }

  private static void look(String directory, Run run, SavedFiles files) {
    var changed = CHANGES.computeIfAbsent(run, one -> files.lastChange(one.tree()));
    CHANGED.labelValues(directory).set(changed / 1e9);
    SAVED.labelValues(directory).set(run.endedAt().map(Instant::getEpochSecond).orElse(0L));
  }

  private static Gauge home(String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames("directory").register();
  }
}
