package org.homeport.bridge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Executors;
import org.homeport.bridge.api.EnvironmentEndpoints;
import org.homeport.bridge.api.PlanEndpoints;
import org.homeport.bridge.api.ServerEndpoints;
import org.homeport.bridge.environment.Environments;
import org.homeport.bridge.environment.Images;
import org.homeport.bridge.environment.Pulls;
import org.homeport.bridge.home.SeedTable;
import org.homeport.bridge.pages.EnvironmentPages;
import org.homeport.bridge.pages.ServerPages;
import org.homeport.bridge.server.NetworkKeeper;
import org.homeport.bridge.server.ServerSettings;
import org.homeport.bridge.server.ServerTable;
import org.homeport.bridge.server.Servers;
import org.homeport.bridge.server.SpawnMetrics;
import org.homeport.spawn.SpawnPlanner;
import org.homeport.spawn.home.EnvironmentFolders;
import org.homeport.spawn.home.HomePreparer;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.image.ImagePolicy;
import org.homeport.spawn.seed.SeedCache;

/** The servers and their environments, wired together. */
record ServerParts(Base base, Servers servers, Environments offer, Pulls pulls) {

  static ServerParts on(Base base, HomeParts homes) {
    var settings = base.settings();
    var environments = settings.environments();
    var store = base.engine().images();
    // As many threads as there are starts under way; the gate of the starts limits the work.
    var threads = Executors.newCachedThreadPool(task -> new Thread(task, "servers"));
    base.keep(threads::shutdownNow);
    var policy = new ImagePolicy(environments.images());
    var planner =
        new SpawnPlanner(
            policy,
            homes.accounts(),
            new EnvironmentFolders(homes.folders()),
            settings.data(),
            environments.startIn());
    var images = new Images(store, seeds(settings), environments, threads);
    var servers =
        base.keep(
            new Servers(
                servers(settings),
                base.engine(),
                planner,
                images,
                new HomePreparer(homes.files(), new AsUser(), new SeedTable(base.database())),
                new ServerTable(base.database()),
                threads,
                base.clock()));
    return new ServerParts(
        base,
        servers,
        new Environments(store, servers::withImage, environments.images()),
        new Pulls(images, policy, base.clock()));
  }

  /** Finds the servers of an earlier bridge, and looks after their network from now on. */
  void recover() {
    servers.recoverSoon();
    base.keep(new NetworkKeeper(base.engine())).start();
  }

  Feature feature() {
    return Feature.of(
        List.of(
            new ServerEndpoints(servers, base.streams(), base.slowWork()),
            new PlanEndpoints(servers, base.slowWork()),
            new EnvironmentEndpoints(offer, pulls, base.slowWork())),
        List.of(new ServerPages(servers), new EnvironmentPages(offer, pulls)),
        () -> SpawnMetrics.look(servers.counts()));
  }

  private static SeedCache seeds(Settings settings) {
    try {
      return new SeedCache(
          settings.state().resolve("seeds"),
          settings.environments().seedCache(),
          settings.environments().seed().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("The seed cache cannot be used.", e);
    }
  }

  private static ServerSettings servers(Settings settings) {
    return new ServerSettings(
        settings.docker().network(),
        settings.limits(),
        settings.startsAtOnce(),
        ServerSettings.DEFAULT_ANSWER_WITHIN);
  }
}
