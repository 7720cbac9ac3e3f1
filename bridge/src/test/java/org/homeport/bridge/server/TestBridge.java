package org.homeport.bridge.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.homeport.bridge.database.Database;
import org.homeport.bridge.database.TestDatabase;
import org.homeport.bridge.engine.ContainerEngine;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.environment.EnvironmentSettings;
import org.homeport.bridge.environment.Images;
import org.homeport.bridge.home.EnvironmentTable;
import org.homeport.bridge.home.SeedTable;
import org.homeport.bridge.home.UidTable;
import org.homeport.spawn.Limits;
import org.homeport.spawn.SpawnPlanner;
import org.homeport.spawn.home.EnvironmentFolders;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.home.HomePreparer;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.UidRange;
import org.homeport.spawn.identity.VirtualAccounts;
import org.homeport.spawn.image.ImagePattern;
import org.homeport.spawn.image.ImagePolicy;
import org.homeport.spawn.mount.DataSource;
import org.homeport.spawn.mount.DataSources;
import org.homeport.spawn.seed.SeedCache;

/** Everything of a bridge but its HTTP, wired as the bridge wires it. */
final class TestBridge implements AutoCloseable {

  /** The differences between one bridge and another. */
  record Setup(
      String network,
      Path folder,
      DataSources data,
      Limits limits,
      int startsAtOnce,
      Duration answerWithin) {

    Setup withData(DataSource source) {
      return new Setup(network, folder, data.and(source), limits, startsAtOnce, answerWithin);
    }

    Setup startingAtOnce(int places) {
      return new Setup(network, folder, data, limits, places, answerWithin);
    }

    Setup withLimits(Limits other) {
      return new Setup(network, folder, data, other, startsAtOnce, answerWithin);
    }

    Setup answeringWithin(Duration time) {
      return new Setup(network, folder, data, limits, startsAtOnce, time);
    }
  }

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "start");
            thread.setDaemon(true);
            return thread;
          });
  private final Database database;
  private final Servers servers;

  TestBridge(Setup setup, ContainerEngine engine, ImageStore images) {
    var state = setup.folder().resolve("state");
    var homes = setup.folder().resolve("homes");
    try {
      Files.createDirectories(state);
      Files.createDirectories(homes);
      this.database = TestDatabase.open(databaseIn(setup.folder()));
      var planner =
          new SpawnPlanner(
              new ImagePolicy(
                  List.of(
                      ImagePattern.of("homeport-test/*:*"),
                      ImagePattern.of(setup.network() + "/*:*"),
                      ImagePattern.of("127.0.0.1:*/*:*"))),
              new VirtualAccounts(new UidTable(database), new UidRange(70000, 79999), homes),
              new EnvironmentFolders(new EnvironmentTable(database)),
              setup.data(),
              SpawnPlanner.StartIn.ENVIRONMENT);
      var seeds = new SeedCache(state.resolve("seeds"), 1L << 30, "/home/jovyan");
      this.servers =
          new Servers(
              new ServerSettings(
                  setup.network(), setup.limits(), setup.startsAtOnce(), setup.answerWithin()),
              engine,
              planner,
              new Images(
                  images,
                  seeds,
                  new EnvironmentSettings(
                      List.of(),
                      EnvironmentSettings.Pull.IF_MISSING,
                      EnvironmentSettings.Fetcher.EVERYBODY,
                      EnvironmentSettings.DEFAULT_PULLS_AT_ONCE,
                      0,
                      EnvironmentSettings.DEFAULT_SEED,
                      EnvironmentSettings.DEFAULT_SEED_CACHE,
                      SpawnPlanner.StartIn.ENVIRONMENT),
                  threads),
              new HomePreparer(new HomeFiles(new AsUser()), new AsUser(), new SeedTable(database)),
              new ServerTable(database),
              threads,
              Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stands for the database of a bridge in that folder. */
  static Path databaseIn(Path folder) {
    return folder.resolve("state/homeport.db");
  }

  Servers servers() {
    return servers;
  }

  @Override
  public void close() {
    servers.close();
    threads.shutdownNow();
    database.close();
  }
}
