package org.homeport.spawn.home;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import org.homeport.spawn.seed.ImageSource;
import org.homeport.spawn.seed.SeedCache;

/**
 * Measures a seed of 1,000 files and 50 MB against {@code cp -a} on the same disk, in turns, and a
 * start that finds everything up to date. {@code bench/seed} runs it.
 */
final class SeedBenchmark {
  private static final int FILES = 1000;
  private static final int BYTES = 50_000_000;
  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 15;
  private static final double MOST_TIMES_CP = 1.3;
  private static final double MOST_MILLIS_UP_TO_DATE = 5;

  private final Path dir;
  private final Path image;
  private final SeedCache cache;

  private SeedBenchmark(Path dir) throws Exception {
    this.dir = dir;
    this.image = Files.createDirectories(dir.resolve("image/jovyan"));
    var random = new Random(1);
    for (var i = 0; i < FILES; i++) {
      var content = new byte[BYTES / FILES];
      random.nextBytes(content);
      var folder = Files.createDirectories(image.resolve("week " + i % 20));
      Files.write(folder.resolve("notebook " + i + ".ipynb"), content);
    }
    run("tar", "-C", image.getParent().toString(), "-cf", dir + "/image.tar", "jovyan");
    cache = new SeedCache(dir.resolve("cache"), 1L << 30, "/home/jovyan");
  }

  public static void main(String[] arguments) throws Exception {
    var dir = Files.createTempDirectory(Path.of(arguments[0]), "homeport-bench-seed-");
    var good = false;
    try {
      good = new SeedBenchmark(dir).measure();
    } finally {
      run("rm", "-rf", dir.toString());
    }
    if (!good && List.of(arguments).contains("--check")) {
      System.exit(1);
    }
  }

  private boolean measure() throws Exception {
    var copies = new double[ROUNDS];
    var seedings = new double[ROUNDS];
    var ratios = new double[ROUNDS];
    var upToDate = new double[ROUNDS];
    for (var round = -WARM_UPS; round < ROUNDS; round++) {
      var homes = Files.createDirectory(dir.resolve("homes" + round));
      var ada = new HomeFixture(homes);
      // In turns, also who goes first: the disk remembers what came before.
      var copyFirst = round % 2 == 0;
      var copy = copyFirst ? copy(homes) : 0;
      var seeding = millis(() -> start(ada));
      copy = copyFirst ? copy : copy(homes);
      var again = millis(() -> start(ada));
      if (round >= 0) {
        copies[round] = copy;
        seedings[round] = seeding;
        ratios[round] = seeding / copy;
        upToDate[round] = again;
      }
    }
    // Within a round both meet the same disk; between rounds other work comes and goes.
    var ratio = median(ratios);
    System.out.printf(
        Locale.ENGLISH,
        "1,000 files, 50 MB, medians of %d rounds%n"
            + "cp -a       %8.1f ms%n"
            + "first time  %8.1f ms   %.2f times cp -a (at most %.1f)%n"
            + "up to date  %8.2f ms   (at most %.0f)%n",
        ROUNDS,
        median(copies),
        median(seedings),
        ratio,
        MOST_TIMES_CP,
        median(upToDate),
        MOST_MILLIS_UP_TO_DATE);
    return ratio <= MOST_TIMES_CP && median(upToDate) <= MOST_MILLIS_UP_TO_DATE;
  }

  private double copy(Path to) throws Exception {
    return millis(() -> run("cp", "-a", image.toString(), to + "/copy"));
  }

  /** Does the work of a start: brings the image's files from the cache into the home. */
  private Void start(HomeFixture ada) throws IOException {
    ada.prepare(cache.of("sha256:image", this::open).seed());
    return null;
  }

  private ImageSource open() {
    return new ImageSource() {
      @Override
      public Optional<InputStream> archive(String path) throws IOException {
        return path.equals("/home/jovyan")
            ? Optional.of(Files.newInputStream(dir.resolve("image.tar")))
            : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }

  /** Nothing that was written before may still be on its way to the disk. */
  private static double millis(Callable<?> work) throws Exception {
    run("sync");
    var began = System.nanoTime();
    work.call();
    return (System.nanoTime() - began) / 1e6;
  }

  private static double median(double[] values) {
    return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
  }

  private static int run(String... command) throws Exception {
    var code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + code);
    }
    return code;
  }
}
