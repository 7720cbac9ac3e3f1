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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.homeport.bridge.remote.RemoteId;

/**
 * The objects of one account in a folder: a log of JSON lines, each a change that happened as a
 * whole.
 *
 * <p>A line is on disk before its change is carried out, so a crash leaves at most the last one to
 * be done again. A reader follows the writer by reading the lines that were added.
 */
final class FolderCatalog {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final String EMPTY = "empty";

  private final Path file;
  private final Map<RemoteId, FolderEntry> entries = new LinkedHashMap<>();
  private final Map<RemoteId, List<FolderEntry.Version>> versions = new HashMap<>();

  /** Nearly all entries have the same tags: one copy of them is enough. */
  private final Map<Map<String, String>, Map<String, String>> tags = new HashMap<>();

  private Change last;
  private long position;
  private long number;
  private long foldersReplaced;

  /**
   * How far the catalog was at some time.
   *
   * @param identity tells it from any other that was ever begun; all empty ones are alike
   * @param number of the latest change
   * @param position where its line ends
   */
  record Mark(String identity, long number, long position) {
    static Mark of(String text) {
      var parts = text.split(":");
      return new Mark(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    @Override
    public String toString() {
      return identity + ":" + number + ":" + position;
    }
  }

  /** A line, and what it replaced. */
  record Change(Optional<FolderEntry> before, FolderEntry after) {}

  FolderCatalog(Path file) {
    this.file = file;
  }

  Optional<FolderEntry> find(RemoteId id) {
    return Optional.ofNullable(entries.get(id));
  }

  Collection<FolderEntry> all() {
    return entries.values();
  }

  List<FolderEntry.Version> versions(RemoteId id) {
    return List.copyOf(versions.getOrDefault(id, List.of()));
  }

  /** The end of what was read so far. */
  Mark mark() {
    var identity = entries.isEmpty() ? EMPTY : entries.keySet().iterator().next().value();
    return new Mark(identity, number, position);
  }

  /** Whether the file ends at the mark: tells it without reading more than its beginning. */
  boolean isStillAt(Mark mark) throws IOException {
    try (var lines = Files.newBufferedReader(file)) {
      return mark.position() > 0
          && mark.position() == Files.size(file)
          && JSON.readValue(lines.readLine(), FolderEntry.class)
              .id()
              .value()
              .equals(mark.identity());
    } catch (NoSuchFileException e) {
      return mark.identity().equals(EMPTY);
    }
  }

  /** The number of the latest change. */
  long number() {
    return number;
  }

  /** The number of times that a folder became another one, so that paths may have changed. */
  long foldersReplaced() {
    return foldersReplaced;
  }

  /** The latest change: the one that a crash can have left undone. */
  Optional<Change> last() {
    return Optional.ofNullable(last);
  }

  /** Appends the entries, durably, and states from now on what they state. */
  void append(List<FolderEntry> changed) throws IOException {
    var text = new StringBuilder();
    for (var entry : changed) {
      text.append(JSON.writeValueAsString(entry)).append('\n');
    }
    var lines = text.toString().getBytes(StandardCharsets.UTF_8);
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      // What a crash left behind the last whole line is overwritten here.
      channel.truncate(position);
      channel.position(position);
      var bytes = ByteBuffer.wrap(lines);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    position += lines.length;
    changed.forEach(this::take);
  }

  /** Reads the lines that were added since; a line without its end does not count. */
  void follow() throws IOException {
    try {
      if (Files.size(file) != position) {
        readOn();
      }
    } catch (NoSuchFileException e) {
      // Nothing was written yet.
    }
  }

  private void readOn() throws IOException {
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
            if (!read(line)) {
              return;
            }
          }
        }
        line.write(buffer, start, n - start);
      }
    }
  }

  /** Whether the line was whole. A torn one is possible only at the end. */
  private boolean read(ByteArrayOutputStream line) throws IOException {
    try {
      take(JSON.readValue(line.toByteArray(), FolderEntry.class));
    } catch (JsonProcessingException e) {
      return false;
    }
    position += line.size();
    line.reset();
    return true;
  }

  private void take(FolderEntry changed) {
    var entry = changed.tagged(tags.computeIfAbsent(changed.tags(), shared -> shared));
    var before = Optional.ofNullable(entries.put(entry.id(), entry));
    last = new Change(before, entry);
    if (entry.isFolder() && before.isPresent()) {
      foldersReplaced++;
    }
    number = entry.number();
    var content = entry.content();
    if (content != null) {
      var known = versions.computeIfAbsent(entry.id(), id -> new ArrayList<>(1));
      if (known.isEmpty() || known.get(known.size() - 1).number() != content.number()) {
        known.add(content);
      }
    }
  }
}
