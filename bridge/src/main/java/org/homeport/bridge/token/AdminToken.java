package org.homeport.bridge.token;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The file with the token by which root on this machine talks to the bridge. */
public final class AdminToken {
  private static final String ROOT = "root on ";
  private static final int MOST = 100;

  private AdminToken() {}

  /** Makes the file, and its token, unless what it holds still opens everything. */
  public static void ensure(Path file, Tokens tokens) {
    var valid = read(file).flatMap(tokens::find).filter(token -> token.scope() == Scope.ADMIN);
    if (valid.isEmpty()) {
      tokens.list().stream()
          .filter(token -> token.name().equals(nameFor(file)))
          .forEach(token -> tokens.revoke(token.id()));
      write(file, tokens.issue(nameFor(file), Scope.ADMIN).secret());
    }
  }

  /** Tells whether this is the name of a token that root uses on the machine of a bridge. */
  public static boolean isNameOfOwn(String name) {
    return name.startsWith(ROOT);
  }

  /** Names machine and file: several bridges may share a database, and none ends the others'. */
  private static String nameFor(Path file) {
    var name = ROOT + machine() + ": " + file.toAbsolutePath();
    return name.substring(0, Math.min(name.length(), MOST)).strip();
  }

  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "this machine";
    }
  }

  /** The secret in the file; empty when there is none. */
  public static Optional<Secret> read(Path file) {
    try {
      return Files.exists(file) ? Secret.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, Secret secret) {
    try {
      var beside =
          Files.createTempFile(
              file.getParent(),
              file.getFileName().toString(),
              ".new",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(beside, secret.value() + "\n");
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
