package org.homeport.bridge.index;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
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
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.text.Spelling;

/**
 * The differences that a run found since the one before: kept at the remote, so that times,
 * permissions, links and earlier states survive the loss of the database. Compressed JSON lines,
 * the head first.
 */
public record Manifest(Head head, List<Line> lines) {
  private static final int FORMAT = 1;
  private static final long MOST_BYTES = 256L << 20;
  private static final int MOST_BYTES_A_LINE = 1 << 16;
  private static final int MOST_LINES = 1_000_000;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The run, and the one before whose manifest it continues. */
  public record Head(
      int homeport, long run, long since, String startedBy, Instant startedAt, Instant savedAt) {
    /** The head of a manifest that is written now. */
    public Head(long run, long since, String startedBy, Instant startedAt, Instant savedAt) {
      this(FORMAT, run, since, startedBy, startedAt, savedAt);
    }
  }

  /** An entry as the run found it; no kind: it was gone. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Line(
      String path,
      Optional<String> kind,
      Optional<RemoteId> id,
      long size,
      long mtime,
      int mode,
      Optional<Md5> md5,
      Optional<String> version,
      Optional<String> target) {

    public static Line of(IndexEntry entry) {
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

    public static Line gone(String path) {
      var none = Optional.<String>empty();
      return new Line(path, none, Optional.empty(), 0, 0, 0, Optional.empty(), none, none);
    }

    public boolean isGone() {
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

    public IndexEntry entry(long run) {
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

  /** The name of its file at the remote. */
  public String name() {
    return head.startedAt().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "")
        + "."
        + head.run()
        + ".jsonl.gz";
  }

  public byte[] bytes() {
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
   * Reads a manifest, which somebody may have edited to be of any size.
   *
   * @throws IOException when it is not a manifest, or larger than any home needs
   * @throws IllegalArgumentException when it speaks of what no home can have
   */
  public static Manifest read(InputStream in) throws IOException {
    var inflated = new Bounded(new GZIPInputStream(in));
    var reader = new BufferedReader(new InputStreamReader(inflated, StandardCharsets.UTF_8));
    var head = JSON.readValue(reader.readLine(), Head.class);
    if (head.homeport() != FORMAT) {
      throw new IOException("A manifest of format " + head.homeport() + ": use a newer Homeport.");
    }
    var lines = new ArrayList<Line>();
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      if (lines.size() == MOST_LINES) {
        throw new IOException("A manifest of more than " + MOST_LINES + " lines.");
      }
      lines.add(JSON.readValue(line, Line.class).checked());
    }
    return new Manifest(head, lines);
  }

  private static void write(GZIPOutputStream out, Object line) throws IOException {
    out.write(JSON.writeValueAsBytes(line));
    out.write('\n');
  }

  /** Ends in an exception when more comes than is allowed, in one line or in all. */
  private static final class Bounded extends FilterInputStream {
    private long total;
    private int line;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      var count = super.read(into, offset, length);
      for (var i = offset; i < offset + count; i++) {
        line = into[i] == '\n' ? 0 : line + 1;
        if (line > MOST_BYTES_A_LINE) {
          throw new IOException("A line of more than " + MOST_BYTES_A_LINE + " bytes.");
        }
      }
      total += Math.max(0, count);
      if (total > MOST_BYTES) {
        throw new IOException("A manifest that inflates to more than " + MOST_BYTES + " bytes.");
      }
      return count;
    }
  }
}
