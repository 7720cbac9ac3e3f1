package org.homeport.bridge.home;

import io.prometheus.metrics.core.metrics.Gauge;
import org.homeport.spawn.identity.Account;

/**
 * The sizes of homes as metrics, under the names that JupyterHub's dashboards read already, those
 * of prometheus-dirsize-exporter.
 */
public final class HomeSizeMetrics {
  private static final Gauge SIZE =
      home("dirsize_total_size_bytes", "Size of the home's files, as it was last measured");
  private static final Gauge ENTRIES =
      home("dirsize_entries_count", "Files in the home, as they were last counted");

  private HomeSizeMetrics() {}

  /** Brings up to date what is looked at rather than counted. */
  public static void look(Users users) {
    SIZE.clear();
    ENTRIES.clear();
    for (var user : users.list()) {
      var directory = user.account().map(Account::home).map(home -> home.getFileName().toString());
      if (directory.isPresent() && user.size().isPresent()) {
        SIZE.labelValues(directory.get()).set(user.size().get().bytes());
        ENTRIES.labelValues(directory.get()).set(user.size().get().files());
      }
    }
  }

  private static Gauge home(String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames("directory").register();
  }
}
