package org.homeport.bridge.backup;

import io.prometheus.metrics.core.metrics.Gauge;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.homeport.bridge.index.SavedFiles;
import org.homeport.bridge.run.Run;
import org.homeport.spawn.identity.HubUser;

/** Measures how the backups of homes stand, and what they know of homes. */
public final class BackupMetrics {
  private static final Gauge SAVED =
      home("homeport_backup_last_success_timestamp_seconds", "When the home was last saved");
  private static final Gauge CHANGED =
      // named as prometheus-dirsize-exporter does, for the dashboards that read it already
      home("dirsize_latest_mtime", "The last change of a file, as the last backup found it");

  /** By run, since to find it takes a look at all files of the home. */
  private static final Map<Run, Long> CHANGES = new ConcurrentHashMap<>();

  private BackupMetrics() {}

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
