package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Account.Group;
import org.homeport.spawn.mount.Mount;
import org.homeport.spawn.mount.MountSource;
import org.homeport.spawn.seed.ImageFiles;
import org.homeport.spawn.seed.Seed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameFilesTest {
  private static final Account ADA =
      new Account(
          "ada",
          1001,
          1001,
          List.of(new Group("course-a", 2001), new Group("staff", 50)),
          Path.of("/home/ada"));

  @Test
  void theUserComesFirstAndTheNamesOfTheImageStay() {
    var files =
        files(
            """
            root:x:0:0:root:/root:/bin/bash
            jovyan:x:1001:100::/home/jovyan:/bin/bash
            ada:x:1000:1000::/home/other:/bin/sh
            daemon:x:1:1::/:/usr/sbin/nologin
            not a line of a passwd file
            """,
            "root:x:0:\nusers:x:100:\nother:x:1001:\nstaff:x:1050:\n");
    assertThat(files.passwd())
        .isEqualTo(
            """
            ada:x:1001:1001::/home/ada:/bin/bash
            root:x:0:0:root:/root:/bin/bash
            jovyan:x:1001:100::/home/jovyan:/bin/bash
            daemon:x:1:1::/:/usr/sbin/nologin
            """);
    assertThat(files.group())
        .isEqualTo(
            """
            ada:x:1001:
            course-a:x:2001:ada
            staff:x:50:ada
            root:x:0:
            users:x:100:
            other:x:1001:
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 70000})
  void theNamesOfTheImageStayWhateverTheUsersNumberIs(int uid) {
    var account = new Account("ada", uid, uid, List.of(), Path.of("/home/ada"));
    var jovyan = "jovyan:x:1000:100::/home/jovyan:/bin/bash";
    var names = NameFiles.of(account, image(jovyan + "\n", "users:x:100:\n"));
    assertThat(names.passwd().lines())
        .containsExactly("ada:x:%1$d:%1$d::/home/ada:/bin/sh".formatted(uid), jovyan);
    assertThat(names.group().lines()).containsExactly("ada:x:%d:".formatted(uid), "users:x:100:");
  }

  @Test
  void theShellIsTheOneOfTheImagesRoot() {
    assertThat(files("root:x:0:0::/root:/bin/ash\n", "").shell()).isEqualTo("/bin/ash");
    assertThat(files("root:x:0:0::/root:/bin/false\n", "").shell()).isEqualTo("/bin/sh");
    assertThat(files("", "").shell()).isEqualTo("/bin/sh");
    assertThat(files("", "").passwd()).isEqualTo("ada:x:1001:1001::/home/ada:/bin/sh\n");
  }

  @Test
  void aGroupOfTheUsersOwnNameKeepsItsNumber() {
    var account =
        new Account("ada", 1001, 100, List.of(new Group("ada", 1001)), Path.of("/home/ada"));
    assertThat(NameFiles.of(account, image("", "users:x:100:\n")).group())
        .isEqualTo("ada:x:1001:ada\nusers:x:100:\n");
  }

  @Test
  void theFilesAreMountedWhereProgramsLookForThem() {
    var files = files("", "");
    assertThat(files.mounts())
        .containsExactly(
            new Mount(new MountSource.Text(files.passwd()), Path.of("/etc/passwd"), true),
            new Mount(new MountSource.Text(files.group()), Path.of("/etc/group"), true));
  }

  private static NameFiles files(String passwd, String group) {
    return NameFiles.of(ADA, image(passwd, group));
  }

  private static ImageFiles image(String passwd, String group) {
    return new ImageFiles(Seed.NONE, passwd, group);
  }
}
