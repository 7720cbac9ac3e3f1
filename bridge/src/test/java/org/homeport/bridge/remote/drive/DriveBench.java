package org.homeport.bridge.remote.drive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.homeport.bridge.backup.TestHome;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.NewFile;
import org.homeport.spawn.identity.HubUser;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Homeport's side of bench/drive: saves to a fake Drive in another process, and prints how many
 * seconds it took.
 */
@Command(name = "drive-bench")
public final class DriveBench {
  private static final DriveRates UNLIMITED = new DriveRates(100_000, 1_000, 10_000_000);
  private static final HubUser ADA = HubUser.of("ada");

  public static void main(String[] args) {
    System.exit(new CommandLine(new DriveBench()).execute(args));
  }

  @Command(description = "one home with that many files in that many folders")
  void home(
      @Parameters URI drive,
      @Parameters Path folder,
      @Option(names = "--files", required = true) int files,
      @Option(names = "--folders", required = true) int folders,
      @Option(names = "--unlimited") boolean unlimited)
      throws IOException {
    var rates = unlimited ? UNLIMITED : DriveRates.USUAL;
    try (var bed = new DriveBenchBed(drive, folder, rates)) {
      fill(bed.home(ADA), files, folders);
      bed.connect(ADA);
      bed.forgetCalls();
      print(() -> bed.backUp(ADA));
    }
  }

  @Command(description = "that many homes, saved before, with that many new files each")
  void homes(
      @Parameters URI drive,
      @Parameters Path folder,
      @Option(names = "--homes", required = true) int homes,
      @Option(names = "--files", required = true) int files)
      throws IOException {
    try (var bed = new DriveBenchBed(drive, folder, DriveRates.USUAL)) {
      var users = IntStream.range(0, homes).mapToObj(i -> HubUser.of("user" + i)).toList();
      users.forEach(user -> bed.home(user).write("welcome.txt", "hello"));
      users.forEach(bed::connect);
      bed.backUp(users);
      users.forEach(user -> fill(bed.home(user), files, 1));
      bed.forgetCalls();
      print(() -> bed.backUp(users));
    }
  }

  @Command(description = "one file, as it lies on the disk")
  void file(@Parameters URI drive, @Parameters Path folder, @Parameters Path file)
      throws IOException {
    try (var bed = new DriveBenchBed(drive, folder, UNLIMITED)) {
      bed.connect(ADA);
      try (var remote = bed.remote(ADA)) {
        var id = remote.reserveIds(1).get(0);
        var newFile = new NewFile(id, remote.top(), "big", Instant.EPOCH, Map.of());
        var content = FileOnDisk.of(file);
        print(() -> remote.create(newFile, content));
      }
    }
  }

  private record FileOnDisk(Path path, long size, Md5 md5) implements Content {
    static FileOnDisk of(Path path) throws IOException {
      var digest = Md5.digest();
      try (var in = new DigestInputStream(Files.newInputStream(path), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
      return new FileOnDisk(path, Files.size(path), Md5.of(digest));
    }

    /** Hashes what it reads, as the files of a home do while they are sent. */
    @Override
    public InputStream open(long from) throws IOException {
      var in = Files.newInputStream(path);
      in.skipNBytes(from);
      return new DigestInputStream(in, Md5.digest());
    }
  }

  /** Files of some hundred bytes. */
  private static void fill(TestHome home, int files, int folders) {
    var random = new Random(files);
    for (var i = 0; i < files; i++) {
      var bytes = new byte[200 + random.nextInt(600)];
      random.nextBytes(bytes);
      home.write("course " + i % folders + "/file " + i, bytes);
    }
  }

  private static void print(Runnable work) {
    var began = System.nanoTime();
    work.run();
    var took = Duration.ofNanos(System.nanoTime() - began);
    System.out.printf("%.3f%n", took.toMillis() / 1000.0);
  }
}
