package org.homeport.spawn.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.homeport.spawn.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourcesTest {
  private static final Path HOME = Path.of("/home/ada");
  private static final Path TARGET = Path.of("/srv/data");

  @TempDir Path folder;

  @Test
  void aSourceIsMountedReadOnly() {
    assertThat(sources(new DataSource(folder, TARGET, false)).offerTo(HOME).mounts())
        .containsExactly(new Mount(folder, TARGET, true));
  }

  @Test
  void aLinkIsMountedAsWhatItLeadsTo() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    var link = Files.createSymbolicLink(folder.resolve("link"), data);

    assertThat(sources(new DataSource(link, TARGET, false)).offerTo(HOME).mounts())
        .containsExactly(new Mount(data, TARGET, true));
  }

  @Test
  void aMissingSourceIsRefused() {
    var missing = folder.resolve("missing");

    var refused =
        assertRefused(
            () -> sources(new DataSource(missing, TARGET, false)).offerTo(HOME),
            "data-missing",
            missing.toString());

    assertThat(refused.remedy()).contains("optional: true");
  }

  @Test
  void aSourceThatIsAFileIsRefused() throws IOException {
    var file = Files.createFile(folder.resolve("file"));

    assertRefused(() -> sources(new DataSource(file, TARGET, false)).offerTo(HOME), "data-missing");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSourceInAPlaceOfAUserIsRefused(boolean optional) throws IOException {
    var home = Files.createDirectory(folder.resolve("ada"));
    var data = Files.createDirectory(home.resolve("data"));
    Files.setAttribute(home, "unix:uid", 12001);

    assertRefused(
        () -> sources(new DataSource(data, TARGET, optional)).offerTo(HOME),
        "data-unsafe",
        data.toString(),
        home.toString());
  }

  @Test
  void aLinkThatLeadsThroughAPlaceOfAUserIsRefused() throws IOException {
    var home = Files.createDirectory(folder.resolve("ada"));
    var data = Files.createDirectory(home.resolve("data"));
    Files.setAttribute(home, "unix:uid", 12001);
    var link = Files.createSymbolicLink(folder.resolve("link"), data);

    assertRefused(
        () -> sources(new DataSource(link, TARGET, false)).offerTo(HOME),
        "data-unsafe",
        link.toString());
  }

  @Test
  void aLinkThatLeadsToALinkOfAUserIsRefused() throws IOException {
    var home = Files.createDirectory(folder.resolve("ada"));
    var data = Files.createDirectory(folder.resolve("data"));
    Files.createSymbolicLink(home.resolve("theirs"), data);
    Files.setAttribute(home, "unix:uid", 12001);
    var link = Files.createSymbolicLink(folder.resolve("link"), Path.of("ada/theirs"));

    assertRefused(
        () -> sources(new DataSource(link, TARGET, false)).offerTo(HOME),
        "data-unsafe",
        home.toString());
  }

  @Test
  void aSourceBelowAFolderThatEverybodyMayWriteIsRefused() throws IOException {
    var open = Files.createDirectory(folder.resolve("open"));
    var data = Files.createDirectory(open.resolve("data"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertRefused(() -> sources(new DataSource(data, TARGET, false)).offerTo(HOME), "data-unsafe");
  }

  @Test
  void whatAUserHasPutIntoAStickyFolderIsRefused() throws IOException {
    var sticky = Files.createDirectory(folder.resolve("sticky"));
    Files.setAttribute(sticky, "unix:mode", 01777);
    var roots = Files.createDirectory(sticky.resolve("roots"));
    var theirs = Files.createSymbolicLink(sticky.resolve("theirs"), roots);
    Files.setAttribute(theirs, "unix:uid", 12001, LinkOption.NOFOLLOW_LINKS);

    assertThat(sources(new DataSource(roots, TARGET, false)).offerTo(HOME).mounts()).hasSize(1);
    assertRefused(
        () -> sources(new DataSource(theirs, TARGET, false)).offerTo(HOME),
        "data-unsafe",
        sticky.toString());
  }

  @Test
  void aSourceMayBelongToAUserItself() throws IOException {
    var data = Files.createDirectory(folder.resolve("data"));
    Files.setAttribute(data, "unix:uid", 12001);

    assertThat(sources(new DataSource(data, TARGET, false)).offerTo(HOME).mounts()).hasSize(1);
  }

  @Test
  void aMissingOptionalSourceIsLeftOutWithAWarning() {
    var offer =
        sources(
                new DataSource(folder.resolve("missing"), TARGET, true),
                new DataSource(folder, Path.of("/data"), false))
            .offerTo(HOME);

    assertThat(offer.mounts()).extracting(Mount::target).containsExactly(Path.of("/data"));
    assertThat(offer.warnings()).singleElement().asString().contains("/srv/data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/home/ada", "/home/ada/data"})
  void dataNeverLiesInAHome(String target) {
    assertRefused(
        () -> sources(new DataSource(folder, Path.of(target), false)).offerTo(HOME),
        "data-in-home",
        target,
        "/home/ada");
  }

  @Test
  void dataNeverHidesAHome() {
    assertRefused(
        () -> sources(new DataSource(folder, TARGET, false)).offerTo(TARGET.resolve("homes/ada")),
        "data-in-home",
        "/srv/data");
  }

  @ParameterizedTest
  @CsvSource({"/data, /data", "/data, /data/large", "/data/large, /data"})
  void targetsLieApart(String one, String other) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                sources(
                    new DataSource(folder, Path.of(one), false),
                    new DataSource(folder, Path.of(other), true)))
        .withMessageContainingAll("'" + one + "'", "'" + other + "'");
  }

  @Test
  void targetsThatOnlyBeginAlikeLieApart() {
    var sources =
        sources(
            new DataSource(folder, Path.of("/data"), false),
            new DataSource(folder, Path.of("/data2"), false));

    assertThat(sources.offerTo(HOME).mounts()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "data",
        "/srv/../etc",
        "/etc",
        "/etc/data",
        "/proc",
        "/proc/sys",
        "/sys",
        "/dev/shm",
        "/root",
        "/run/data",
        "/usr",
        "/usr/local/share",
        "/home",
        "/opt",
        "/tmp",
        "/var"
      })
  void aTargetHidesNothingThatAnImageNeeds(String target) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DataSource(folder, Path.of(target), false))
        .withMessageContaining("'" + target + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/srv/data", "/data", "/mnt/course", "/home/shared", "/opt/data", "/var/data"})
  void aTargetMayLieAnywhereElse(String target) {
    assertThat(new DataSource(folder, Path.of(target), false).target()).isEqualTo(Path.of(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "data", "/srv/.."})
  void aSourceIsAFolderOfTheHost(String source) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DataSource(Path.of(source), TARGET, false))
        .withMessageContaining("'" + source + "'");
  }

  private static DataSources sources(DataSource... sources) {
    return Stream.of(sources).reduce(DataSources.NONE, DataSources::and, (one, other) -> other);
  }
}
