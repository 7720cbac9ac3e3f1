package org.homeport.bridge.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of lines for root alone, put aside when it is large. It is opened for each line, so that
 * it may be moved away at any time. Never throws: what was asked for is done, and that it was not
 * written down is said in the log and by {@link #isFailing}.
 */
public final class AuditFile {
  private static final Logger log = LoggerFactory.getLogger(AuditFile.class);
  private static final FileAttribute<?> FOR_ROOT =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> FOLDER_FOR_ROOT =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final AuditSettings settings;
  private boolean failing;

  public AuditFile(AuditSettings settings) {
    this.settings = settings;
  }

  /** Whether the last line could not be written; {@code /metrics} says so. */
  public synchronized boolean isFailing() {
    return failing;
  }

  public synchronized void write(String line) {
    try {
      append(line + "\n");
      if (failing) {
        log.info("the audit log {} is written again", settings.file());
      }
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        log.error(
            "the audit log {} cannot be written, so nobody will know who asks for what: make room"
                + " there, or set audit.file",
            settings.file(),
            e);
      }
      failing = true;
    }
  }

  private void append(String line) throws IOException {
    var file = settings.file();
    if (!Files.exists(file)) {
      Files.createDirectories(file.getParent(), FOLDER_FOR_ROOT);
    } else if (Files.size(file) >= settings.size()) {
      putAside();
    }
    try (var channel = Files.newByteChannel(file, Set.of(CREATE, APPEND), FOR_ROOT)) {
      var bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  private void putAside() throws IOException {
    for (var number = settings.keep() - 1; number >= 1; number--) {
      if (Files.exists(settings.aside(number))) {
        Files.move(settings.aside(number), settings.aside(number + 1), REPLACE_EXISTING);
      }
    }
    Files.move(settings.file(), settings.aside(1), REPLACE_EXISTING);
  }
}
