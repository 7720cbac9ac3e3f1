package org.homeport.spawn.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.homeport.spawn.refusal.SpawnRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accounts that no file of the host lists. They are looked up by a Java of its own, in a mount
 * namespace of its own in which other name services are set; the host stays as it is.
 */
class NameServicesTest {
  @TempDir Path folder;

  @Test
  void anAccountThatOnlyADirectoryKnowsIsFound() throws Exception {
    Files.writeString(
        folder.resolve("directory-ada.user"),
        """
        {"userName": "directory-ada", "uid": 58021, "gid": 58021, "homeDirectory": "/home/far/ada"}
        """);

    assertThat(lookUp("directory-ada", "files systemd"))
        .as("found through libnss-systemd, which has to be installed")
        .contains("uid=58021, gid=58021, groups=[], home=/home/far/ada");
    assertThat(lookUp("directory-ada", "files")).startsWith("account-missing");
  }

  @Test
  void aDirectoryThatIsAwayIsNotADirectoryWithoutTheAccount() throws Exception {
    // Hesiod comes with the C library and fails where nobody has set it up.
    assertThat(lookUp("directory-ada", "files hesiod"))
        .startsWith("accounts-unavailable: The host could not look up 'directory-ada'");
  }

  /** Prints what Homeport finds out about a user. */
  static final class Lookup {
    public static void main(String[] user) {
      try {
        System.out.println(new SystemAccounts(1000).of(HubUser.of(user[0])));
      } catch (SpawnRefused e) {
        System.out.println(e.code() + ": " + e.getMessage());
      }
    }
  }

  private String lookUp(String user, String services) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("nsswitch.conf"), "passwd: " + services + "\n");
    var script =
        """
        set -e
        mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
        mount -t tmpfs none /run
        mkdir /run/userdb
        find "$1" -name '*.user' -exec cp {} /run/userdb/ \\;
        exec "$2/bin/java" -cp "$3" "$4" "$5"
        """;
    var process =
        new ProcessBuilder(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "sh",
                "-c",
                script,
                "sh",
                folder.toString(),
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                Lookup.class.getName(),
                user)
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
