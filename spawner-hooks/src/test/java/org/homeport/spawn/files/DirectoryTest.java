package org.homeport.spawn.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import org.homeport.spawn.files.Attributes.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryTest {
  private static final RawPath A = RawPath.of("a");
  private static final RawPath B = RawPath.of("b");

  @TempDir Path dir;
  private Directory directory;

  @BeforeEach
  void open() throws IOException {
    directory = Directory.open(dir);
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void writesAndReadsFiles() throws IOException {
    write(A, "text");

    assertThat(dir.resolve("a")).hasContent("text");
    assertThat(read(A)).isEqualTo("text");
    assertThat(directory.attributes(A).orElseThrow().mode()).isEqualTo(0600);
  }

  @Test
  void keepsModesAndTimesToTheNanosecond() throws IOException {
    write(A, "text");
    directory.mtime(A, 1_704_153_600_123_456_789L);
    directory.makeFolder(B);
    try (var folder = directory.folder(B)) {
      folder.mode(0751);
      folder.mtime(-1);
    }

    assertThat(directory.attributes(A).orElseThrow().mtime()).isEqualTo(1_704_153_600_123_456_789L);
    var folder = directory.attributes(B).orElseThrow();
    assertThat(folder.kind()).isEqualTo(Kind.FOLDER);
    assertThat(folder.mode()).isEqualTo(0751);
    assertThat(folder.mtime()).isEqualTo(-1);
  }

  @Test
  void keepsTheTimesOfFilesThatAreOpen() throws IOException {
    try (var file = directory.create(A)) {
      file.mode(0640);
      file.mtime(123_456_789);
    }

    var attributes = directory.attributes(A).orElseThrow();
    assertThat(attributes.mode()).isEqualTo(0640);
    assertThat(attributes.mtime()).isEqualTo(123_456_789);
  }

  @Test
  void neverFollowsALink() throws IOException {
    directory.makeLink(A, "/etc");
    directory.makeLink(B, "/etc/passwd");

    assertThatThrownBy(() -> directory.folder(A)).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> directory.read(B)).isInstanceOf(FileSystemException.class);
    assertThatThrownBy(() -> directory.create(B)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(directory.attributes(B).orElseThrow().kind()).isEqualTo(Kind.LINK);
    assertThat(directory.linkTarget(B)).isEqualTo("/etc/passwd");
  }

  @Test
  void aFifoDoesNotHoldIt() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", dir.resolve("a").toString()).start().waitFor())
        .isZero();

    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> directory.read(A))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("not a regular file"));
    assertThat(directory.attributes(A).orElseThrow().kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void namesAreBytes() throws IOException {
    var notUtf8 = RawPath.of(new byte[] {'c', 'a', 'f', (byte) 0xe9, '\n'});
    write(notUtf8, "latin");
    directory.makeLink(A, notUtf8.text());

    assertThat(directory.names()).containsExactlyInAnyOrder(notUtf8, A);
    assertThat(directory.linkTarget(A)).isEqualTo(notUtf8.text());
    assertThat(read(notUtf8)).isEqualTo("latin");
  }

  @Test
  void listsFoldersOfAnySize() throws IOException {
    var names = new ArrayList<RawPath>();
    for (var i = 0; i < 3000; i++) {
      names.add(RawPath.of("a file with a name " + i));
      directory.makeFolder(names.get(i));
    }

    assertThat(directory.names()).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void staysInItsDirectoryWhateverTakesItsName() throws IOException {
    directory.makeFolder(A);
    try (var folder = directory.folder(A)) {
      directory.rename(A, directory, B);
      directory.makeLink(A, "/etc");
      folder.makeFolder(RawPath.of("here"));
    }

    assertThat(dir.resolve("b/here")).isDirectory();
  }

  @Test
  void renamesOverOrOnlyIfFree() throws IOException {
    write(A, "a");
    write(B, "b");

    assertThatThrownBy(() -> directory.renameIfFree(A, directory, B))
        .isInstanceOf(FileAlreadyExistsException.class);
    directory.rename(A, directory, B);

    assertThat(directory.names()).containsExactly(B);
    assertThat(read(B)).isEqualTo("a");
  }

  @Test
  void errorsSayWhatTheyMean() throws IOException {
    directory.makeFolder(A);
    Files.createFile(dir.resolve("a/file"));
    write(B, "");

    assertThat(directory.attributes(RawPath.of("none"))).isEmpty();
    assertThatThrownBy(() -> directory.read(RawPath.of("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(dir + "/none");
    assertThatThrownBy(() -> directory.makeFolder(A))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> directory.folder(B)).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> directory.removeFolder(A))
        .isInstanceOf(DirectoryNotEmptyException.class);
    assertThatThrownBy(() -> Directory.open(Path.of("/proc/self/mem")))
        .isInstanceOf(NotDirectoryException.class);
  }

  @Test
  void takesNothingButSingleNames() {
    assertThatThrownBy(() -> directory.folder(RawPath.of("a/b")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void write(RawPath name, String text) throws IOException {
    try (var file = directory.create(name)) {
      file.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
  }

  private String read(RawPath name) throws IOException {
    try (var file = directory.read(name)) {
      var buffer = ByteBuffer.allocateDirect(100);
      assertThat(file.read(buffer)).isPositive();
      assertThat(file.read(buffer)).isEqualTo(-1);
      return UTF_8.decode(buffer.flip()).toString();
    }
  }
}
