package org.homeport.bridge.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.run.Run;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.text.Spelling;

/**
 * The differences that a run found since the one before: kept at the remote, so that times,
 * permissions, links and earlier states survive the loss of the database. Compressed JSON lines,
 * the head first.
 */
record Manifest(Head head, List<Line> lines) {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The run, and the one before whose manifest it continues. */
  record Head(
      int homeport, long run, long since, String startedBy, Instant startedAt, Instant savedAt) {}

  /** An entry as the run found it; no kind: it was gone. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Line(
      String path,
      Optional<String> kind,
      Optional<RemoteId> id,
      long size,
      long mtime,
      int mode,
      Optional<Md5> md5,
      Optional<String> version,
      Optional<String> target) {

    static Line of(IndexEntry entry) {
      return new Line(
          entry.path(),
          Optional.of(Spelling.of(entry.kind())),
          entry.id(),
          entry.stat().size(),
          entry.stat().mtime(),
          entry.mode(),
          entry.content().map(Saved::md5),
          entry.content().map(Saved::version),
          entry.target());
    }

    static Line gone(String path) {
      var none = Optional.<String>empty();
      return new Line(path, none, Optional.empty(), 0, 0, 0, Optional.empty(), none, none);
    }

    boolean isGone() {
      return kind.isEmpty();
    }

    /**
     * @throws IllegalArgumentException when it names nothing that a home can have
     */
    private Line checked() {
      if (!isGone()) {
        entry(0);
      }
      return this;
    }

    IndexEntry entry(long run) {
      var below = new RawPath(path).text();
      return new IndexEntry(
          Paths.folder(below),
          Paths.name(below),
          Spelling.read(Kind.class, kind.orElseThrow()),
          State.DONE,
          id,
          new Stat(size, mtime, 0, 0),
          mode,
          md5.flatMap(hash -> version.map(name -> new Saved(hash, name))),
          target,
          run);
    }
  }

  static Manifest of(Run run, long since, Instant now, List<Line> lines) {
    return new Manifest(
        new Head(FORMAT, run.number(), since, run.startedBy(), run.startedAt(), now), lines);
  }

  /** The name of its file at the remote. */
  static String name(Run run) {
    return run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "")
        + "."
        + run.number()
        + ".jsonl.gz";
  }

  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      write(out, head);
      for (var line : lines) {
        write(out, line);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory does not fail.", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException when it is not a manifest
   * @throws IllegalArgumentException when it speaks of what no home can have
   */
  static Manifest read(InputStream in) throws IOException {
    var reader =
        new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8));
    var head = JSON.readValue(reader.readLine(), Head.class);
    if (head.homeport() != FORMAT) {
      throw new IOException("A manifest of format " + head.homeport() + ": use a newer Homeport.");
    }
    var lines = new ArrayList<Line>();
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(JSON.readValue(line, Line.class).checked());
    }
    return new Manifest(head, lines);
  }

  private static void write(GZIPOutputStream out, Object line) throws IOException {
    out.write(JSON.writeValueAsBytes(line));
    out.write('\n');
  }
}
