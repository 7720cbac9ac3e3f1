package org.homeport.bridge.engine.docker;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.homeport.bridge.engine.ContainerSpec;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.spawn.mount.Mount;
import org.homeport.spawn.mount.MountSource;

/**
 * Keeps the texts that containers have mounted as files of the host, since Docker mounts nothing
 * else: a folder for each container, which only root enters.
 */
final class TextFiles {
  private final Path folder;

  TextFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The mounts of a container, with each text written to a file. A container that has an earlier
   * file mounted keeps that as it was.
   */
  List<Mount> onHost(ContainerSpec spec) {
    return spec.mounts().stream().map(mount -> onHost(spec.name(), mount)).toList();
  }

  /** Removes the texts of a container. Repeatable. */
  void remove(String container) {
    var own = folder.resolve(container);
    try {
      if (Files.isDirectory(own)) {
        try (var files = Files.newDirectoryStream(own)) {
          for (var file : files) {
            Files.deleteIfExists(file);
          }
        }
        Files.deleteIfExists(own);
      }
    } catch (IOException e) {
      throw new EngineRejected("The files in " + own + " could not be removed: " + e, e);
    }
  }

  private Mount onHost(String container, Mount mount) {
    if (!(mount.source() instanceof MountSource.Text text)) {
      return mount;
    }
    var own = folder.resolve(container);
    var file = own.resolve(mount.target().getFileName());
    try {
      Files.createDirectories(
          own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      write(file, text.text());
    } catch (IOException e) {
      throw new EngineRejected("The file " + file + " could not be written: " + e, e);
    }
    return new Mount(file, mount.target(), mount.readOnly());
  }

  private static void write(Path file, String text) throws IOException {
    var beside = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(beside, text);
    Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(beside, file, ATOMIC_MOVE);
  }
}
