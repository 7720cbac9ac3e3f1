package org.homeport.bridge.remote.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.homeport.bridge.remote.RemoteRejected;

/**
 * The file of a catalog: JSON lines that are appended durably. The first one gives the catalog an
 * identity; catalogs of earlier versions begin with an object, whose id is their identity.
 */
final class CatalogFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final String IDENTITY = "catalog";
  private static final String NONE = "empty";

  private final Path file;
  private String identity = NONE;
  private long position;

  /**
   * The position of a catalog at some time.
   *
   * @param identity tells it from any other that was ever begun
   * @param number of the latest change
   * @param position where its line ends
   */
  record Mark(String identity, long number, long position) {
    static Mark of(String text) {
      var parts = text.split(":");
      return new Mark(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** Whether the catalog was begun; earlier versions took marks of what was not there yet. */
    boolean isOfACatalog() {
      return !identity.equals(NONE);
    }

    @Override
    public String toString() {
      return identity + ":" + number + ":" + position;
    }
  }

  CatalogFile(Path file) {
    this.file = file;
  }

  /** The end of what was read so far. */
  Mark mark(long number) {
    return new Mark(identity, number, position);
  }

  /** Whether the file ends at the mark: tells it without reading more than its first line. */
  boolean isStillAt(Mark mark) throws IOException {
    try (var lines = Files.newBufferedReader(file)) {
      return mark.position() > 0
          && mark.position() == Files.size(file)
          && mark.identity().equals(identity(lines.readLine()));
    } catch (NoSuchFileException | JsonProcessingException e) {
      return false;
    }
  }

  /** The entries that the first lines state, at most so many. */
  List<FolderEntry> beginning(int atMost) throws IOException {
    try (var lines = Files.newBufferedReader(file)) {
      var entries = new ArrayList<FolderEntry>();
      for (var line = lines.readLine();
          line != null && entries.size() < atMost;
          line = lines.readLine()) {
        if (!isHeader(line)) {
          entries.add(JSON.readValue(line, FolderEntry.class));
        }
      }
      return entries;
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
  }

  /** Begins the catalog with an identity of its own, unless it was begun already. */
  void begin() throws IOException {
    if (position == 0) {
      var text = JSON.writeValueAsString(Map.of(IDENTITY, UUID.randomUUID())) + "\n";
      write(text, StandardOpenOption.CREATE);
      identity = identity(text);
    }
  }

  /** Appends the entries, durably. */
  void append(List<FolderEntry> entries) throws IOException {
    begin();
    var text = new StringBuilder();
    for (var entry : entries) {
      text.append(JSON.writeValueAsString(entry)).append('\n');
    }
    write(text.toString(), StandardOpenOption.WRITE);
  }

  private void write(String text, StandardOpenOption option) throws IOException {
    var lines = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    try (var channel = FileChannel.open(file, option, StandardOpenOption.WRITE)) {
      if (channel.size() < position) {
        throw lost();
      }
      // What a crash left behind the last whole line is overwritten here.
      channel.truncate(position);
      channel.position(position);
      while (lines.hasRemaining()) {
        channel.write(lines);
      }
      channel.force(true);
    }
    position += lines.limit();
  }

  /**
   * Reads the lines that were added since; a line without its end does not count.
   *
   * @throws RemoteRejected when what was read before is no longer there
   */
  void follow(Consumer<FolderEntry> consumer) throws IOException {
    try {
      var size = Files.size(file);
      if (size < position) {
        throw lost();
      }
      if (size > position) {
        readOn(consumer);
      }
    } catch (NoSuchFileException e) {
      if (position > 0) {
        throw lost();
      }
    }
  }

  private RemoteRejected lost() {
    return new RemoteRejected(
        "The catalog " + file + " was removed or cut off. Is the disk still mounted?");
  }

  private void readOn(Consumer<FolderEntry> consumer) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(position);
      var in = Channels.newInputStream(channel);
      var line = new ByteArrayOutputStream();
      var buffer = new byte[1 << 16];
      for (var n = in.read(buffer); n > 0; n = in.read(buffer)) {
        var start = 0;
        for (var i = 0; i < n; i++) {
          if (buffer[i] == '\n') {
            line.write(buffer, start, i + 1 - start);
            start = i + 1;
            read(line, consumer);
          }
        }
        line.write(buffer, start, n - start);
      }
    }
  }

  private void read(ByteArrayOutputStream bytes, Consumer<FolderEntry> consumer)
      throws IOException {
    var line = bytes.toString(StandardCharsets.UTF_8);
    try {
      if (position == 0) {
        identity = identity(line);
      }
      if (!isHeader(line)) {
        consumer.accept(JSON.readValue(line, FolderEntry.class));
      }
    } catch (JsonProcessingException e) {
      throw damaged(e);
    }
    position += bytes.size();
    bytes.reset();
  }

  private RemoteRejected damaged(JsonProcessingException e) {
    return new RemoteRejected(
        "The catalog "
            + file
            + " is damaged after "
            + position
            + " bytes. Put back a copy of it, or move it and the saved files away and begin anew.",
        e);
  }

  private static String identity(String line) throws JsonProcessingException {
    var first = JSON.readTree(line);
    return first.path(IDENTITY).asText(first.path("id").asText());
  }

  private static boolean isHeader(String line) {
    return line.startsWith("{\"" + IDENTITY + "\":");
  }
}
