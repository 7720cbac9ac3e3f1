package org.homeport.bridge.api;

import io.javalin.http.Context;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import org.homeport.bridge.backup.BackupFeature;
import org.homeport.bridge.backup.BackupMetrics;
import org.homeport.bridge.home.HomeSizeMetrics;
import org.homeport.bridge.home.Users;
import org.homeport.bridge.log.AuditFile;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.server.SpawnMetrics;
import org.homeport.bridge.web.HttpMetrics;

/** What Prometheus reads. */
final class MetricsEndpoint {
  private final Servers servers;
  private final Users users;
  private final BackupFeature backups;
  private final AuditFile audit;

  MetricsEndpoint(Servers servers, Users users, BackupFeature backups, AuditFile audit) {
    this.servers = servers;
    this.users = users;
    this.backups = backups;
    this.audit = audit;
  }

  /** What was counted since the start of the bridge, and how things are now. */
  synchronized void metrics(Context ctx) throws IOException {
    SpawnMetrics.look(servers.counts());
    HomeSizeMetrics.look(users);
    BackupMetrics.look(users::homeOf, backups);
    HttpMetrics.look(audit.isFailing());
    ctx.contentType(PrometheusTextFormatWriter.CONTENT_TYPE);
    PrometheusTextFormatWriter.create()
        .write(ctx.outputStream(), PrometheusRegistry.defaultRegistry.scrape());
  }
}
