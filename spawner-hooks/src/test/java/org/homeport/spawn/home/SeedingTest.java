package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.homeport.spawn.home.HomeFixture.ADA;
import static org.homeport.spawn.home.HomeFixture.GID;
import static org.homeport.spawn.home.HomeFixture.UID;
import static org.homeport.spawn.home.HomeFixture.gid;
import static org.homeport.spawn.home.HomeFixture.uid;
import static org.homeport.spawn.seed.SeedOf.nothing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.identity.AsUser;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.progress.Progress;
import org.homeport.spawn.seed.MemorySeedLedger;
import org.homeport.spawn.seed.Seed;
import org.homeport.spawn.seed.SeedManifest;
import org.homeport.spawn.seed.SeedOf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeds in real folders: what the user finds after the next start. */
class SeedingTest {
  private static final SeedOf V1 = nothing().file("plot.py", "v1").file("data.csv", "1,2");
  private static final SeedOf V2 = nothing().file("plot.py", "v2").file("data.csv", "1,2");

  @TempDir Path homes;
  private HomeFixture ada;

  @BeforeEach
  void aHome() {
    ada = new HomeFixture(homes);
  }

  @Test
  void aNewFolderGetsEverythingAsTheUsersOwn() throws IOException {
    ada.prepare(
        nothing()
            .file("run me.sh", 0750, "#!/bin/sh")
            .folder("week 1")
            .folder("week 1/shut", 0555)
            .file("week 1/shut/a.txt", 0400, "a")
            .file("week 1/empty", "")
            .link("latest", "week 1")
            .link("abroad", "/srv/data"));

    assertThat(tree())
        .containsExactlyInAnyOrder(
            "run me.sh rwxr-x---",
            "week 1 rwxr-xr-x",
            "week 1/shut rwxr-xr-x",
            "week 1/shut/a.txt r--------",
            "week 1/empty rw-r--r--",
            "latest -> week 1",
            "abroad -> /srv/data");
    assertThat(ada.at("run me.sh")).hasContent("#!/bin/sh");
    try (var all = Files.walk(ada.folder)) {
      assertThat(all)
          .allSatisfy(
              path -> {
                assertThat(uid(path)).isEqualTo(UID);
                assertThat(gid(path)).isEqualTo(GID);
                if (!path.equals(ada.folder)) {
                  assertThat(mtime(path)).isEqualTo(SeedOf.MTIME);
                }
              });
    }
  }

  @Test
  void aLargeFileArrivesWhole() throws IOException {
    var large = new byte[5_000_001];
    new Random(1).nextBytes(large);

    ada.prepare(nothing().file(RawPath.of("large"), 0644, large));

    assertThat(ada.at("large")).hasBinaryContent(large);
  }

  @Test
  void namesThatAreNotUtf8Arrive() throws IOException {
    var name = RawPath.of(new byte[] {'c', 'a', 'f', (byte) 0xe9});

    ada.prepare(nothing().file(name, 0644, new byte[0]).link("to", name.text()));

    try (var folder = Directory.open(ada.folder)) {
      assertThat(folder.names()).containsExactlyInAnyOrder(name, RawPath.of("to"));
      assertThat(folder.linkTarget(RawPath.of("to"))).isEqualTo(name.text());
    }
  }

  @Test
  void anUntouchedFileFollowsTheImageForthAndBack() {
    ada.prepare(V1);
    ada.prepare(V2);
    assertThat(ada.at("plot.py")).hasContent("v2");

    ada.prepare(V1);
    assertThat(ada.at("plot.py")).hasContent("v1");
  }

  @Test
  void anEditedFileIsKeptAndTheImagesGoesBeside() throws IOException {
    ada.prepare(V1);
    ada.write("plot.py", "mine");

    ada.prepare(V2);

    assertThat(ada.at("plot.py")).hasContent("mine");
    assertThat(ada.at("plot.py.new-2")).hasContent("v2");
  }

  @Test
  void aDigestNamesTheFileBesideIfTheImageHasNoTag() throws IOException {
    var image = ImageName.of("a/b@sha256:" + "0123456789abcdef".repeat(4));
    ada.prepare(V1);
    ada.write("plot.py", "mine");

    ada.preparer.prepare(ADA, ada.account, image, ada.folder, V2.seed(), Progress.SILENT);

    assertThat(ada.at("plot.py.new-0123456789ab")).hasContent("v2");
  }

  @Test
  void aDeletedFileStaysDeleted() throws IOException {
    ada.prepare(V1);
    Files.delete(ada.at("plot.py"));

    ada.prepare(V1);
    ada.prepare(V2);

    assertThat(tree()).containsExactly("data.csv rw-r--r--");
  }

  @Test
  void theUsersOwnFileInTheWayIsKept() throws IOException {
    ada.prepare(Seed.NONE);
    ada.write("plot.py", "mine");

    ada.prepare(V1);

    assertThat(tree()).containsExactlyInAnyOrder("plot.py rw-r--r--", "data.csv rw-r--r--");
    assertThat(ada.at("plot.py")).hasContent("mine");
  }

  @Test
  void whatTheImageNoLongerHasStays() throws IOException {
    ada.prepare(V1);
    ada.write("plot.py", "mine");

    ada.prepare(nothing());

    assertThat(ada.at("plot.py")).hasContent("mine");
    assertThat(ada.at("data.csv")).hasContent("1,2");
  }

  @Test
  void anUntouchedFileBecomesAFolderOrALink() {
    ada.prepare(V1);

    ada.prepare(nothing().folder("plot.py").file("plot.py/a", "a").link("data.csv", "plot.py/a"));

    assertThat(tree())
        .containsExactlyInAnyOrder(
            "plot.py rwxr-xr-x", "plot.py/a rw-r--r--", "data.csv -> plot.py/a");
  }

  @Test
  void aFolderThatTheUserRemovedIsSeededAnew() throws IOException {
    ada.prepare(V1);
    Files.delete(ada.at("plot.py"));
    Files.delete(ada.at("data.csv"));
    Files.delete(ada.folder);

    ada.prepare(V1);

    assertThat(ada.at("plot.py")).hasContent("v1");
  }

  @Test
  void aFolderThatIsUpToDateIsNotEvenEntered() throws IOException {
    ada.prepare(V1);
    Files.setPosixFilePermissions(ada.folder, PosixFilePermissions.fromString("---------"));
    var before = Files.getAttribute(ada.folder, "unix:ctime");
    var unreadable =
        new Seed(
            V1.manifest(),
            (path, position, into) -> {
              throw new IOException("read " + path);
            });

    ada.prepare(unreadable, (phase, done, total, message) -> fail(message));

    assertThat(Files.getAttribute(ada.folder, "unix:ctime")).isEqualTo(before);
  }

  @Test
  void aFolderThatTheUserLockedIsLeftForLater() throws IOException {
    var v1 = nothing().folder("ex").file("ex/1", "1");
    ada.prepare(v1);
    Files.setPosixFilePermissions(ada.at("ex"), PosixFilePermissions.fromString("r-xr-xr-x"));
    var v2 = nothing().folder("ex").file("ex/1", "1").file("ex/2", "2").file("top", "t");

    ada.prepare(v2);
    assertThat(tree()).containsExactlyInAnyOrder("ex r-xr-xr-x", "ex/1 rw-r--r--", "top rw-r--r--");

    Files.setPosixFilePermissions(ada.at("ex"), PosixFilePermissions.fromString("rwxr-xr-x"));
    ada.prepare(v2);
    assertThat(ada.at("ex/2")).hasContent("2");
  }

  @Test
  void theLedgerKnowsOfARunBeforeItsFirstWriteAndOfItsEndAfterTheLast() {
    var told = new ArrayList<String>();
    var ledger =
        new MemorySeedLedger() {
          @Override
          public synchronized void begin(HubUser user, String folder, SeedManifest seed) {
            told.add("begin " + tree());
            super.begin(user, folder, seed);
          }

          @Override
          public synchronized void finish(
              HubUser user, String folder, String digest, SeedManifest seeded) {
            told.add("finish " + tree());
            super.finish(user, folder, digest, seeded);
          }
        };
    var preparer = new HomePreparer(new HomeFiles(new AsUser()), new AsUser(), ledger);

    preparer.prepare(
        ADA,
        ada.account,
        HomeFixture.IMAGE,
        ada.folder,
        nothing().file("a", "a").seed(),
        Progress.SILENT);

    assertThat(told).containsExactly("begin []", "finish [a rw-r--r--]");
  }

  @Test
  void afterAnUnfinishedRunAnEmptyFileIsTornAndWhatWasLeftInTheWorkFolderGoes() throws IOException {
    ada.prepare(Seed.NONE);
    ada.ledger.begin(ADA, ada.name(), V1.manifest());
    ada.write("plot.py", "");
    HomeFixture.giveToUser(Files.createDirectory(ada.at(".homeport-seeding")));
    ada.write(".homeport-seeding/17", "half");

    ada.prepare(V1);

    assertThat(ada.at("plot.py")).hasContent("v1");
    assertThat(tree()).containsExactlyInAnyOrder("plot.py rw-r--r--", "data.csv rw-r--r--");
  }

  @Test
  void aThousandFilesShowTheirProgress() {
    record Report(long done, long total, String message, Thread thread) {}
    var seed = nothing();
    IntStream.range(0, 1000).forEach(i -> seed.file("file" + i, "content " + i));
    var reports = new ArrayList<Report>();
    var began = System.nanoTime();

    ada.prepare(
        seed.seed(),
        (phase, done, total, message) -> {
          assertThat(phase).isEqualTo(Progress.Phase.SEEDING);
          reports.add(new Report(done, total, message, Thread.currentThread()));
        });

    var took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    assertThat(reports).extracting(Report::done).isSorted().startsWith(0L).endsWith(1000L);
    assertThat(reports).allMatch(report -> report.total() == 1000);
    assertThat(reports).allMatch(report -> report.thread() == Thread.currentThread());
    assertThat(reports.get(0).message())
        .isEqualTo("Copying the environment's files into template-python-2: 0 of 1,000");
    assertThat(reports.size()).isLessThanOrEqualTo((int) (took / 50) + 3);
  }

  private List<String> tree() {
    try (var all = Files.walk(ada.folder)) {
      return all.filter(path -> !path.equals(ada.folder)).map(this::line).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(Path path) {
    var name = ada.folder.relativize(path).toString();
    try {
      return Files.isSymbolicLink(path)
          ? name + " -> " + Files.readSymbolicLink(path)
          : name + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long mtime(Path path) throws IOException {
    return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
  }

  @Test
  void aFolderThatItsOwnerClosedIsLeftAndNamedAndCompletedOnceItIsOpen() throws IOException {
    ada.prepare(nothing().folder("course").file("course/plot.py", "v1").file("other", "v1"));
    var course = ada.at("course");
    Files.setPosixFilePermissions(course, PosixFilePermissions.fromString("rw-------"));
    var v2 =
        nothing()
            .folder("course")
            .file("course/plot.py", "v2")
            .file("course/new", "v2")
            .file("other", "v2")
            .seed();
    var messages = new ArrayList<String>();

    ada.prepare(v2, (phase, done, total, message) -> messages.add(message));

    assertThat(ada.at("other")).hasContent("v2");
    assertThat(course.resolve("plot.py")).hasContent("v1");
    assertThat(messages)
        .last()
        .asString()
        .contains("2 files", ada.name() + "/course", "chmod u+rwx");

    Files.setPosixFilePermissions(course, PosixFilePermissions.fromString("rwx------"));
    ada.prepare(v2);

    assertThat(course.resolve("plot.py")).hasContent("v2");
    assertThat(course.resolve("new")).hasContent("v2");
  }
}
