package org.homeport.bridge;

import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.homeport.bridge.api.Explanations;
import org.homeport.bridge.api.HealthEndpoints;
import org.homeport.bridge.api.MetricsEndpoint;
import org.homeport.bridge.api.TokenEndpoints;
import org.homeport.bridge.check.Findings;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.engine.docker.DockerEngine;
import org.homeport.bridge.log.AuditFile;
import org.homeport.bridge.pages.HubSettings;
import org.homeport.bridge.pages.Pages;
import org.homeport.bridge.schedule.Schedule;
import org.homeport.bridge.server.Overview;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.token.AdminToken;
import org.homeport.bridge.token.Tokens;
import org.homeport.bridge.web.Access;
import org.homeport.bridge.web.Audit;
import org.homeport.bridge.web.Downloads;
import org.homeport.bridge.web.EventStreams;
import org.homeport.bridge.web.Extension;
import org.homeport.bridge.web.HttpMetrics;
import org.homeport.bridge.web.ListenAddress;
import org.homeport.bridge.web.Problems;
import org.homeport.bridge.web.SlowWork;
import org.homeport.bridge.web.WebServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge: lists the features, starts them in order, and stops them in the opposite order. */
final class Homeport implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Homeport.class);

  private final Started started = new Started();
  private final ListenAddress address;

  /** Starts the bridge: its API answers when this returns. */
  Homeport(Settings settings) {
    try {
      address = start(settings);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns where the API listens. */
  ListenAddress address() {
    return address;
  }

  private ListenAddress start(Settings settings) {
    started.keep(StateFolder.take(settings.state()));
    warn(settings);
    var base = base(settings);
    var tokens = new Tokens(base.database(), base.clock());
    AdminToken.ensure(settings.adminToken(), tokens);
    var audit = new AuditFile(settings.audit());
    var schedule = new Schedule(base.database().dataSource(), settings.backup().atOnce());

    var homes = HomeParts.on(base);
    var servers = ServerParts.on(base, homes);
    var backups = BackupParts.on(base, homes);
    var features =
        List.of(
            bridge(base, tokens, audit, servers.servers()),
            servers.feature(),
            backups.feature(schedule, servers.servers()));

    started.keep(schedule).add(all(features, Feature::works));
    var web = web(base, features, tokens, audit);
    var listening = web.start();
    // After the first answer: this also loads the engine's client, which takes a second of its own.
    servers.recover();
    schedule.start();
    return listening;
  }

  private static void warn(Settings settings) {
    var findings = new Findings();
    Doctor.limits(settings).look(findings);
    findings.wrongs().forEach(log::warn);
  }

  private Base base(Settings settings) {
    return new Base(
        settings,
        Clock.systemUTC(),
        started.keep(Database.open(settings.database())),
        started.keep(engine(settings)),
        new EventStreams(),
        new SlowWork(),
        new Downloads(),
        started);
  }

  /** The bridge itself: its health, its tokens, and the metrics of its requests. */
  private static Feature bridge(Base base, Tokens tokens, AuditFile audit, Servers servers) {
    var overview = new Overview(Version.TEXT, base.database(), base.engine(), servers);
    return Feature.of(
        List.of(new HealthEndpoints(overview), new TokenEndpoints(tokens)),
        List.of(),
        () -> HttpMetrics.look(audit.isFailing()));
  }

  private WebServer web(Base base, List<Feature> features, Tokens tokens, AuditFile audit) {
    started.keep(base.slowWork());
    started.keep(base.downloads());
    var problems = new Problems(new Explanations());
    var metrics = new MetricsEndpoint(all(features, Feature::looks));
    var web =
        started.keep(
            new WebServer(
                base.settings().listen(),
                new Access(tokens),
                new Audit(audit, base.clock()),
                problems,
                Stream.concat(Stream.of(metrics), all(features, Feature::endpoints).stream())
                    .toList(),
                base.settings().hub().map(hub -> pages(base, hub, problems, features)).stream()
                    .toList()));
    started.keep(base.streams()); // they end first, since a stop waits for what is being answered
    return web;
  }

  private static Extension pages(
      Base base, HubSettings hub, Problems problems, List<Feature> features) {
    return new Pages(
        hub,
        () -> base.engine().network().gateway().orElseThrow(),
        base.clock(),
        problems,
        all(features, Feature::chapters));
  }

  private static <T> List<T> all(List<Feature> features, Function<Feature, List<T>> part) {
    return features.stream().flatMap(feature -> part.apply(feature).stream()).toList();
  }

  /** Opens the engine, and asks nothing of it yet. */
  static DockerEngine engine(Settings settings) {
    return new DockerEngine(settings.docker(), settings.state().resolve("servers"));
  }

  /** Stops the API first, so that nothing new begins. Containers keep running. */
  @Override
  public void close() {
    started.close();
  }
}
