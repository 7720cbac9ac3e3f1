package org.homeport.bridge.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.mount.Mount;
import org.homeport.spawn.mount.MountSource;
import org.homeport.spawn.seed.ImageFiles;

/**
 * The passwd and group files of one server: the image's own, with the user and the user's groups in
 * them, so that every program in the container knows their names.
 *
 * @param shell what a terminal of the user runs
 */
record NameFiles(String passwd, String group, String shell) {
  private static final String DEFAULT_SHELL = "/bin/sh";
  private static final int NAME = 0;
  private static final int ID = 2;
  private static final int SHELL = 6;

  static NameFiles of(Account account, ImageFiles image) {
    var shell = shellOf(image.passwd());
    var user =
        String.join(
            ":",
            account.name(),
            "x",
            String.valueOf(account.uid()),
            String.valueOf(account.gid()),
            "",
            account.home().toString(),
            shell);
    return new NameFiles(
        text(List.of(user), image.passwd()), text(groupLines(account), image.group()), shell);
  }

  /** Both files where programs look for them. */
  List<Mount> mounts() {
    return List.of(mount("/etc/passwd", passwd), mount("/etc/group", group));
  }

  private static Mount mount(String path, String text) {
    return new Mount(new MountSource.Text(text), Path.of(path), true);
  }

  /**
   * Our lines first: where a number has two names, the first one counts. The image's other names
   * stay, since its programs ask for them: {@code id -u jovyan} has to find one.
   */
  private static String text(List<String> ours, String images) {
    var taken = ours.stream().map(line -> line.split(":", -1)[NAME]).collect(Collectors.toSet());
    return Stream.concat(ours.stream(), images.lines().filter(clashesWith(taken).negate()))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static Predicate<String> clashesWith(Set<String> taken) {
    return line -> {
      var fields = line.split(":", -1);
      return fields.length <= ID || taken.contains(fields[NAME]);
    };
  }

  private static List<String> groupLines(Account account) {
    var lines = new ArrayList<String>();
    var named = account.groups().stream().anyMatch(group -> group.name().equals(account.name()));
    if (!named) { // else the host has another group of that name, and the primary one is a number
      lines.add(account.name() + ":x:" + account.gid() + ":");
    }
    for (var group : account.groups()) {
      lines.add(group.name() + ":x:" + group.gid() + ":" + account.name());
    }
    return lines;
  }

  /** The shell of the image's root, when that is one that can be used. */
  private static String shellOf(String passwd) {
    return passwd
        .lines()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > SHELL && fields[ID].equals("0"))
        .map(fields -> fields[SHELL])
        .filter(shell -> shell.startsWith("/") && shell.endsWith("sh"))
        .findFirst()
        .orElse(DEFAULT_SHELL);
  }
}
