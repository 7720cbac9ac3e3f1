package org.homeport.spawn.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.homeport.spawn.refusal.SpawnRefused;

/** Makes accounts on the host, with the host's own {@code useradd}. */
final class UserAdd {
  private static final Path HOMES = Path.of("/home");
  private static final int DEADLINE_SECONDS = 60;

  private final NameService names = new NameService();

  /**
   * Makes an account of that name, with a home that is closed to others. Leaves alone one that is
   * there.
   *
   * <p>A folder of that name in /home, left by an account that was removed, is the home again: the
   * account gets the uid that its files have.
   *
   * @throws SpawnRefused when that uid is someone else's by now, or when useradd refuses
   */
  synchronized void make(String name, String comment) {
    if (names.accountNamed(name).isPresent()) {
      return;
    }
    var command = new ArrayList<>(List.of("/usr/sbin/useradd", "--create-home"));
    // Rather than by a chmod afterwards: there is no moment in which others can look in.
    command.addAll(List.of("-K", "HOME_MODE=0700", "--comment", comment));
    var owner = ownerOf(HOMES.resolve(name));
    if (owner.isPresent()) {
      command.addAll(List.of("--uid", Integer.toUnsignedString(owner.getAsInt())));
    }
    command.addAll(List.of("--", name));
    run(command, name);
  }

  /** The owner of a home that was left; empty when there is none, or when it is root's. */
  private OptionalInt ownerOf(Path home) {
    try {
      int uid = (int) Files.getAttribute(home, "unix:uid");
      if (uid == 0) {
        return OptionalInt.empty();
      }
      var other = names.accountWithId(uid);
      if (other.isPresent()) {
        throw new SpawnRefused(
            "home-taken",
            "The home " + home + " belongs to the account '" + other.get().name() + "'.",
            "Move the folder away, or give it to root: the new account then starts afresh.");
      }
      return OptionalInt.of(uid);
    } catch (NoSuchFileException e) {
      return OptionalInt.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(List<String> command, String name) {
    try {
      var useradd = new ProcessBuilder(command).redirectErrorStream(true).start();
      useradd.getOutputStream().close();
      if (!useradd.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        useradd.destroyForcibly();
        throw refused(name, "useradd took longer than " + DEADLINE_SECONDS + " s", null);
      }
      var words = new String(useradd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (useradd.exitValue() != 0) {
        throw refused(name, words.strip(), null);
      }
    } catch (IOException e) {
      throw refused(name, e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused(name, "useradd was interrupted", e);
    }
  }

  private static SpawnRefused refused(String name, String why, Exception cause) {
    return new SpawnRefused(
        "account-not-made",
        "The account '" + name + "' could not be made: " + why + ".",
        "Make it by hand (useradd --create-home " + name + "), or remove what is in the way.",
        cause);
  }
}
