package org.homeport.bridge.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.homeport.bridge.backup.BackupBed;
import org.homeport.bridge.backup.TestHome;
import org.homeport.bridge.tree.Trees;
import org.homeport.spawn.home.HomeFiles;
import org.homeport.spawn.identity.AsUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip of a whole home. */
class HomeZipTest {
  @TempDir Path folder;

  @Test
  void everythingThatItsOwnerCanReadIsInItAndTheRestIsNamed() throws Exception {
    var home = new TestHome(folder, "ada");
    home.write("course/a.ipynb", "{}")
        .write(".ssh/id", "secret")
        .link("to-shadow", "/etc/shadow")
        .writeRaw(new byte[] {'b', (byte) 0xff, 'd'}, "raw")
        .write("closed/b.txt", "b")
        .mode("closed", "---------")
        .write("c.txt", "c")
        .mode("c.txt", "---------");
    new ProcessBuilder("mkfifo", home.path("fifo").toString()).start().waitFor();
    var zip = zip(home);
    assertThat(zip.remove("NOT-IN-THIS-ZIP.txt").lines())
        .containsExactlyInAnyOrder(
            "ada/closed: Permission denied",
            "ada/c.txt: Permission denied",
            "ada/fifo: a fifo, a socket or a device");
    assertThat(zip)
        .containsOnly(
            Map.entry("ada/", ""),
            Map.entry("ada/closed/", ""),
            Map.entry("ada/.ssh/", ""),
            Map.entry("ada/.ssh/id", "secret"),
            Map.entry("ada/course/", ""),
            Map.entry("ada/course/a.ipynb", "{}"),
            Map.entry("ada/b%FFd", "raw"),
            Map.entry("ada/to-shadow", "/etc/shadow"));
  }

  private static Map<String, String> zip(TestHome home) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var trees = new Trees(BackupBed.accounts(home.account()), new HomeFiles(new AsUser()));
    new HomeZip(trees).of(BackupBed.HOME).write(bytes);
    var texts = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        texts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return texts;
  }
}
