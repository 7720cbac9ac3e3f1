package org.homeport.bridge.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.homeport.bridge.settings.Sizes;
import org.homeport.spawn.files.FileSystemWatch;
import org.homeport.spawn.files.SilentFileSystemException;

/** Looks at files and folders in the way that several features need. */
public final class FileChecks {
  private static final long LITTLE_ROOM = 512L << 20;

  private static final FileSystemWatch WATCH = new FileSystemWatch();

  private FileChecks() {}

  /** Looks whether a file system answers at all; otherwise the doctor would wait for it. */
  public static boolean answers(Findings findings, String check, Path path) {
    try {
      WATCH.ask(path, () -> Files.exists(path));
      return true;
    } catch (SilentFileSystemException e) {
      findings.wrong(
          check,
          path + " does not answer",
          "Start the server or program that serves it again, or unmount it: umount -l " + path);
      return false;
    } catch (IOException e) {
      return true; // the check itself tells more
    }
  }

  /**
   * Looks whether a folder can be filled. A missing folder is made when it is needed, so its
   * nearest parent is looked at instead.
   *
   * @param setting the setting that names the folder
   */
  public static void room(Findings findings, String check, Path folder, String setting) {
    if (!answers(findings, check, folder)) {
      return;
    }
    var place = folder;
    while (!Files.exists(place)) {
      place = place.getParent();
    }
    try {
      var free = Files.getFileStore(place).getUsableSpace();
      if (!Files.isDirectory(place) || !Files.isWritable(place)) {
        findings.wrong(
            check, folder + " cannot be written: see " + place, "Fix that, or set " + setting);
      } else if (free < LITTLE_ROOM) {
        findings.wrong(
            check,
            "%s has only %s left".formatted(folder, Sizes.text(free)),
            "Free some space there, or set " + setting);
      } else {
        findings.ok(check, "%s has %s left".formatted(folder, Sizes.text(free)));
      }
    } catch (IOException e) {
      findings.wrong(check, folder + " cannot be examined: " + e, "Run this as root.");
    }
  }

  /** Looks whether a file is hidden from everybody but its owner. */
  public static void ownersAlone(Findings findings, String check, Path file, String fixIfMissing) {
    try {
      var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      if (mode.endsWith("------")) {
        findings.ok(check, file + " can be read by its owner only");
      } else {
        findings.wrong(check, file + " has mode " + mode, "chmod 600 " + file);
      }
    } catch (IOException e) {
      findings.wrong(check, file + " cannot be read", fixIfMissing);
    }
  }
}
