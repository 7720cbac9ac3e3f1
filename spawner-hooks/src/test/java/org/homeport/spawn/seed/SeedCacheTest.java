package org.homeport.spawn.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.homeport.spawn.Refusals.assertRefused;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.hash.Sha256;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as engines and attackers make them; the usual ones come from the tar command. */
class SeedCacheTest {
  private static final String SEED = "/home/jovyan";

  @TempDir Path folder;
  @TempDir Path image;
  private SeedCache cache;

  @BeforeEach
  void open() throws IOException {
    cache = new SeedCache(folder.resolve("cache"), 1 << 20, SEED);
    Files.createDirectory(image.resolve("jovyan"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ustar", "pax", "gnu"})
  void takesInWhatTarWrites(String format) throws Exception {
    var deep = "a folder/with a very long name that no old header could hold ".repeat(2).strip();
    sh("mkdir -p \"%s\" && echo -n deep > \"%s/file\"", deep, deep);
    sh("echo -n '#!/bin/sh' > run && chmod 6755 run && ln run hard && ln -s /srv/data soft");
    sh("mkfifo fifo && mkdir shut && chmod 1500 shut && : > empty");
    sh("printf x > \"$(printf 'caf\\351')\" && echo -n é > 'é %%41'");
    sh("touch -h -d '2024-01-02 00:00:00' run soft shut");

    var seed = cache.of("one", imageOf(tar("--format=" + format))).seed();

    var entries = new HashMap<>(seed.manifest().entries());
    var names = entries.keySet().stream().map(RawPath::text).toList();
    assertThat(names)
        .contains("run", "hard", "soft", "shut", "empty", "caf%E9", "é %2541", deep + "/file")
        .doesNotContain("fifo");
    var midnight = 1_704_153_600_000_000_000L;
    assertThat(entries.get(RawPath.of("run")))
        .isEqualTo(new SeedEntry.File(0755, midnight, 9, sha256("#!/bin/sh")));
    assertThat(entries.get(RawPath.of("hard"))).isEqualTo(entries.get(RawPath.of("run")));
    assertThat(entries.get(RawPath.of("soft")))
        .isEqualTo(new SeedEntry.Link("/srv/data", midnight));
    assertThat(entries.get(RawPath.of("shut"))).isEqualTo(new SeedEntry.Folder(0700, midnight));
    assertThat(content(seed, "run")).isEqualTo("#!/bin/sh");
    assertThat(content(seed, "hard")).isEqualTo("#!/bin/sh");
    assertThat(content(seed, deep + "/file")).isEqualTo("deep");
    assertThat(content(seed, "é %41")).isEqualTo("é");
    assertThat(content(seed, "empty")).isEmpty();
  }

  @Test
  void anImageIsOpenedOnceAlsoAfterARestart() throws Exception {
    sh("echo -n one > a");
    var opened = new AtomicInteger();
    var archive = tar();
    ImageSource.Opener opener =
        () -> {
          opened.incrementAndGet();
          return imageOf(archive).open();
        };

    var threads = Executors.newFixedThreadPool(8);
    Callable<ImageFiles> ask = () -> cache.of("one", opener);
    assertThat(threads.invokeAll(Collections.nCopies(16, ask)))
        .extracting(Future::get)
        .allSatisfy(files -> assertThat(content(files.seed(), "a")).isEqualTo("one"));
    threads.shutdown();
    var restarted = new SeedCache(folder.resolve("cache"), 1 << 20, SEED);

    assertThat(content(restarted.of("one", opener).seed(), "a")).isEqualTo("one");
    assertThat(opened).hasValue(1);
  }

  @Test
  void keepsTheImagesNameFiles() throws Exception {
    var files =
        cache.of(
            "one",
            image(
                Map.of(
                    "/etc/passwd",
                        archiveOf("passwd", '0', "jovyan:x:1000:100::/home/jovyan:/bin/sh\n"),
                    "/etc/group", archiveOf("group", '2', ""))));

    assertThat(files.passwd()).isEqualTo("jovyan:x:1000:100::/home/jovyan:/bin/sh\n");
    assertThat(files.group()).as("a link").isEmpty();
  }

  @Test
  void anImageWithoutASeedFolderHasAnEmptySeed() throws Exception {
    assertThat(cache.of("none", image(Map.of())).seed().manifest()).isEqualTo(SeedManifest.EMPTY);
    assertThat(cache.of("empty", imageOf(tar())).seed().manifest()).isEqualTo(SeedManifest.EMPTY);
  }

  @Test
  void onlyRootCanEnter() throws Exception {
    cache.of("one", imageOf(tar()));

    try (var all = Files.walk(folder.resolve("cache"))) {
      assertThat(all.filter(Files::isDirectory))
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo("rwx------"));
    }
  }

  @Test
  void theSeedUnusedForLongestMakesRoomAndStaysReadableForWhoHasIt() throws Exception {
    var opened = new AtomicInteger();
    var first = cache.of("1", sized(opened, 400 << 10)).seed();
    cache.of("2", sized(opened, 400 << 10));
    cache.of("1", sized(opened, 400 << 10));

    cache.of("3", sized(opened, 400 << 10));

    try (var kept = Files.list(folder.resolve("cache"))) {
      assertThat(kept).hasSize(2);
    }
    var again = new SeedCache(folder.resolve("cache"), 1 << 20, SEED);
    again.of("1", sized(opened, 0));
    again.of("3", sized(opened, 0));
    assertThat(opened).hasValue(3);
    cache.of("4", sized(opened, 900 << 10));
    assertThat(content(first, "large")).hasSize(400 << 10);
  }

  @Test
  void aSeedThatIsLargerThanTheCacheIsRefused() throws Exception {
    assertRefused(
        () -> cache.of("1", sized(new AtomicInteger(), 2 << 20)), "seed-too-large", "1 MiB");

    assertThat(folder.resolve("cache")).isEmptyDirectory();
  }

  @Test
  void anArchiveThatIsCutOffIsNotKept() throws Exception {
    sh("head -c 5000 /dev/urandom > a");
    var whole = tar();

    for (var length : List.of(0, 100, 512, 2000, whole.length - 9000)) {
      assertThatThrownBy(() -> cache.of("1", imageOf(Arrays.copyOf(whole, length))))
          .isInstanceOf(EOFException.class);
    }

    assertThat(folder.resolve("cache")).isEmptyDirectory();
    assertThat(cache.of("1", imageOf(whole)).seed().manifest().entries()).hasSize(1);
  }

  @Test
  void aDamagedEntryIsTakenOutOfItsImageAgain() throws Exception {
    sh("echo -n one > a");
    cache.of("1", imageOf(tar()));
    try (var kept = Files.list(folder.resolve("cache"))) {
      Files.writeString(kept.findFirst().orElseThrow().resolve("blob"), "damaged");
    }

    var restarted = new SeedCache(folder.resolve("cache"), 1 << 20, SEED);

    assertThat(content(restarted.of("1", imageOf(tar())).seed(), "a")).isEqualTo("one");
  }

  @Test
  void whatAKilledBridgeLeftIsRemoved() throws Exception {
    var left = Files.createDirectory(folder.resolve("cache/unfinished-1"));
    Files.writeString(left.resolve("blob"), "half");

    new SeedCache(folder.resolve("cache"), 1 << 20, SEED);

    assertThat(folder.resolve("cache")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../etc/passwd",
        "/etc/passwd",
        "jovyan/../../x",
        "jovyan/a/../b",
        "jovyan//x",
        "jovyan/./x",
        ".."
      })
  void namesThatLeadOutAreRefused(String name) {
    assertRefused(() -> cache.of("1", imageOf(archiveOf(name, '0', "evil"))), "bad-seed", name);
  }

  @Test
  void nothingIsBelowALinkOrAFile() {
    for (var type : new char[] {'2', '0'}) {
      var hostile =
          concat(entry("jovyan/a", type, ""), entry("jovyan/a/passwd", '0', "evil"), end());
      assertRefused(() -> cache.of("1", imageOf(hostile)), "bad-seed", "below a");
    }
  }

  @Test
  void aFolderDoesNotTurnIntoALink() {
    var hostile = concat(entry("jovyan/a/b", '0', ""), entry("jovyan/a", '2', ""), end());

    assertRefused(() -> cache.of("1", imageOf(hostile)), "bad-seed", "a as a folder");
  }

  @Test
  void aHardLinkToNothingThatIsHereIsLeftOut() throws Exception {
    var hostile = concat(entry("jovyan/a", '1', "", "jovyan/none"), end());

    assertThat(cache.of("1", imageOf(hostile)).seed().manifest()).isEqualTo(SeedManifest.EMPTY);
    assertRefused(
        () -> cache.of("2", imageOf(concat(entry("jovyan/a", '1', "", "/etc/shadow"), end()))),
        "bad-seed",
        "/etc/shadow");
  }

  @Test
  void anArchiveOfRubbishIsRefusedAndNotKept() {
    var random = new byte[100_000];
    new Random(1).nextBytes(random);

    assertThatThrownBy(() -> cache.of("1", imageOf(random)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged");
  }

  @Test
  void longNamesAreRefused() {
    var name = IntStream.range(0, 30).mapToObj(i -> "x".repeat(50)).toList();
    var hostile =
        concat(
            entry("././@LongLink", 'L', "jovyan/" + String.join("/", name)),
            entry("x", '0', ""),
            end());

    assertThatThrownBy(() -> cache.of("1", imageOf(hostile)))
        .isInstanceOf(SpawnRefused.class)
        .hasMessageContaining("too long");
  }

  private ImageSource.Opener sized(AtomicInteger opened, int size) {
    return () -> {
      opened.incrementAndGet();
      return imageOf(archiveOf("jovyan/large", '0', "x".repeat(size))).open();
    };
  }

  private static ImageSource.Opener imageOf(byte[] seedFolder) {
    return image(Map.of(SEED, seedFolder));
  }

  private static ImageSource.Opener image(Map<String, byte[]> archives) {
    return () ->
        new ImageSource() {
          @Override
          public Optional<InputStream> archive(String path) {
            return Optional.ofNullable(archives.get(path)).map(ByteArrayInputStream::new);
          }

          @Override
          public void close() {}
        };
  }

  private static String content(Seed seed, String path) throws IOException {
    var size = ((SeedEntry.File) seed.manifest().at(RawPath.of(path)).orElseThrow()).size();
    var content = ByteBuffer.allocate((int) size + 10);
    seed.read(RawPath.of(path), 0, content);
    return UTF_8.decode(content.flip()).toString();
  }

  private static String sha256(String text) {
    return Sha256.hex(text);
  }

  private void sh(String command, Object... arguments) throws Exception {
    var shell =
        new ProcessBuilder("sh", "-c", String.format(command, arguments))
            .directory(image.resolve("jovyan").toFile())
            .inheritIO()
            .start();
    assertThat(shell.waitFor()).as(command).isZero();
  }

  private byte[] tar(String... options) throws Exception {
    var command = new ArrayList<>(List.of("tar", "-C", image.toString(), "-c"));
    command.addAll(List.of(options));
    command.add("jovyan");
    var tar = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var archive = tar.getInputStream().readAllBytes();
    assertThat(tar.waitFor()).isZero();
    return archive;
  }

  private static byte[] archiveOf(String name, char type, String content) {
    return concat(entry(name, type, content), end());
  }

  private static byte[] entry(String name, char type, String content) {
    return entry(name, type, content, type == '2' ? "/etc" : "");
  }

  /** An entry as no honest tar writes it. */
  private static byte[] entry(String name, char type, String content, String link) {
    var bytes = content.getBytes(UTF_8);
    var entry = ByteBuffer.allocate(512 + (bytes.length + 511) / 512 * 512);
    entry.put(0, name.getBytes(UTF_8));
    entry.put(100, "0000644\0".getBytes(UTF_8));
    entry.put(124, String.format("%011o\0", bytes.length).getBytes(UTF_8));
    entry.put(136, String.format("%011o\0", 0).getBytes(UTF_8));
    entry.put(148, "        ".getBytes(UTF_8));
    entry.put(156, (byte) type);
    entry.put(157, link.getBytes(UTF_8));
    entry.put(257, "ustar\00000".getBytes(UTF_8));
    var sum = IntStream.range(0, 512).map(i -> entry.get(i) & 0xff).sum();
    entry.put(148, String.format("%06o\0 ", sum).getBytes(UTF_8));
    entry.put(512, bytes);
    return entry.array();
  }

  private static byte[] end() {
    return new byte[1024];
  }

  private static byte[] concat(byte[]... parts) {
    var whole = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    Arrays.stream(parts).forEach(whole::put);
    return whole.array();
  }
}
