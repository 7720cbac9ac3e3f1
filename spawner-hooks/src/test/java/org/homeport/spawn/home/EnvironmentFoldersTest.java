package org.homeport.spawn.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentFoldersTest {
  private static final HubUser ADA = HubUser.of("ada");
  private static final String DIGEST = "sha256:0123456789abcdef" + "0".repeat(48);

  private final EnvironmentLedger ledger = new MemoryEnvironmentLedger();
  private final EnvironmentFolders folders = new EnvironmentFolders(ledger);

  @ParameterizedTest
  @CsvSource({
    "plasmabio/template-python:12345, plasmabio-template-python-12345",
    "plasmabio/template-python:67890, plasmabio-template-python-67890",
    "python, python-latest",
    "docker.io/library/python:3.11, python-3.11",
    "quay.io/jupyter/base-notebook:2024-01-01, quay.io-jupyter-base-notebook-2024-01-01",
    "localhost:5000/course:1, localhost-5000-course-1",
    "course:_draft, course-_draft",
  })
  void aFolderIsNamedAfterItsImage(String image, String folder) {
    assertThat(folderOf(image)).isEqualTo(folder);
  }

  @Test
  void aDigestIsShownAsFarAsPeopleReadIt() {
    assertThat(folderOf("course@" + DIGEST)).isEqualTo("course-sha256-0123456789ab");
    assertThat(folderOf("course:1@" + DIGEST)).isEqualTo("course-1-sha256-0123456789ab");
  }

  @Test
  void digestsThatBeginAlikeGetAFolderEach() {
    var other = DIGEST.substring(0, DIGEST.length() - 1) + "1";

    assertThat(folderOf("course@" + DIGEST)).isNotEqualTo(folderOf("course@" + other));
  }

  @Test
  void imagesThatReadAlikeGetAFolderEach() {
    assertThat(folderOf("a/b:c")).isEqualTo("a-b-c");
    assertThat(folderOf("a-b:c")).matches("a-b-c-[0-9a-f]{8}");
    assertThat(folderOf("a/b-c")).isEqualTo("a-b-c-latest");
    assertThat(folderOf("a-b-c")).matches("a-b-c-latest-[0-9a-f]{8}");
  }

  @Test
  void aNameThatAnotherImageHasByChanceIsLeftToIt() {
    folderOf("a/b:c");
    var wanted = folders.preview(ADA, ImageName.of("a-b:c"));
    ledger.claim(ADA, ImageName.of("other:1"), wanted);

    assertThat(folderOf("a-b:c")).matches("a-b-c-[0-9a-f]{16}").startsWith(wanted);
  }

  @Test
  void aNameOnceGivenNeverChanges() {
    ledger.claim(ADA, ImageName.of("a/b:c"), "as-it-was-named-long-ago");

    assertThat(folderOf("a/b:c")).isEqualTo("as-it-was-named-long-ago");
    assertThat(folders.preview(ADA, ImageName.of("a/b:c"))).isEqualTo("as-it-was-named-long-ago");
  }

  @Test
  void whatOneUserHasTakenIsFreeForAnother() {
    folderOf("a/b:c");

    assertThat(folders.claim(HubUser.of("bob"), ImageName.of("a-b:c"))).isEqualTo("a-b-c");
  }

  @Test
  void aPreviewGivesTheNameAndRemembersNothing() {
    assertThat(folders.preview(ADA, ImageName.of("a/b:c"))).isEqualTo("a-b-c");
    assertThat(ledger.foldersOf(ADA)).isEmpty();
  }

  @Test
  void longNamesAreCutAndStayApart() {
    var one = folderOf("a/" + "b".repeat(200) + ":1");
    var two = folderOf("a/" + "b".repeat(200) + ":2");

    assertThat(one).hasSize(120).startsWith("a-bbb").isNotEqualTo(two);
  }

  @Test
  void firstStartsAtOnceAgreeOnTheFolders() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      var images = Stream.of("a/b:c", "a-b:c", "a_b:c").map(ImageName::of).toList();
      var starts =
          Stream.generate(() -> images)
              .limit(16)
              .flatMap(List::stream)
              .<Callable<String>>map(image -> () -> folders.claim(ADA, image))
              .toList();

      var claimed = threads.invokeAll(starts);

      assertThat(ledger.foldersOf(ADA)).hasSize(3);
      assertThat(claimed).extracting(Future::get).hasSameElementsAs(ledger.foldersOf(ADA).values());
    } finally {
      threads.shutdown();
    }
  }

  private String folderOf(String image) {
    return folders.claim(ADA, ImageName.of(image));
  }
}
