package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The calls that carry contents towards Drive: simple, multipart and resumable. */
final class Uploads {
  private static final int UNIT = 256 << 10;
  private static final Duration SESSION_LIVES = Duration.ofDays(7);
  private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  /** A resumable upload under way. Guarded by itself. */
  private static final class Upload {
    final Session session;
    final Call start;
    final JsonNode metadata;
    final Optional<String> target;
    final Instant until;
    final Blob blob;
    StoredFile done;

    Upload(
        Session session,
        Call start,
        JsonNode metadata,
        Optional<String> target,
        Instant until,
        Blob blob) {
      this.session = session;
      this.start = start;
      this.metadata = metadata;
      this.target = target;
      this.until = until;
      this.blob = blob;
    }
  }

  private final InstantSource clock;
  private final Path folder;
  private final Journal journal;
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

  Uploads(InstantSource clock, Path folder, Journal journal) {
    this.clock = clock;
    this.folder = folder;
    this.journal = journal;
  }

  /** The operation behind {@code /upload/drive/v3/files[/id]}. */
  Operation route(Call call, Session session, String baseUrl) {
    var path = call.path();
    var target = path.size() > 4 ? Optional.of(path.get(4)) : Optional.<String>empty();
    var kind = target.isEmpty() ? Kind.CREATE : Kind.UPDATE;
    return switch (call.param("uploadType")) {
      case "media" ->
          session.does(
              kind,
              fate ->
                  commit(
                      call,
                      session,
                      JsonNodeFactory.instance.objectNode(),
                      target,
                      blob(call.content().readAllBytes())));
      case "multipart" -> session.does(kind, fate -> multipart(call, session, target));
      case "resumable" ->
          session.does(Kind.SESSION_START, fate -> start(call, session, target, baseUrl));
      default -> throw DriveProblem.invalid("Invalid uploadType " + call.param("uploadType"));
    };
  }

  /** The operation behind a session URI, which is a credential by itself. */
  Operation resume(Call call) {
    var upload = uploads.get(call.param("upload_id"));
    if (upload == null || !upload.until.isAfter(clock.instant())) {
      throw new DriveProblem(404, "notFound", "The upload session is unknown or has expired.");
    }
    var range = RANGE.matcher(call.header("content-range"));
    var matches = range.matches();
    if (matches && range.group(1) == null) {
      return upload.session.does(Kind.SESSION_STATUS, fate -> status(upload, range.group(3)));
    }
    var from = matches ? Long.parseLong(range.group(1)) : 0;
    var total = matches ? range.group(3) : call.header("content-length");
    return upload.session.does(Kind.SESSION_CHUNK, fate -> chunk(call, upload, from, total, fate));
  }

  /** Ends all sessions, as a week does. */
  void expire() {
    uploads.clear();
  }

  private Answer multipart(Call call, Session session, Optional<String> target) throws IOException {
    var parts = Multipart.parse(call.header("content-type"), call.content().readAllBytes());
    if (parts.size() != 2) {
      throw DriveProblem.invalid("A multipart upload has two parts, not " + parts.size());
    }
    var metadata =
        typed(
            Call.JSON.readTree(parts.get(0).body()),
            parts.get(1).headers().getOrDefault("content-type", ""));
    return commit(call, session, metadata, target, blob(parts.get(1).body()));
  }

  /** Without a type in the metadata, a file has that of its newest content. */
  private static JsonNode typed(JsonNode metadata, String type) {
    return type.isEmpty() || metadata.has("mimeType")
        ? metadata
        : ((ObjectNode) metadata).put("mimeType", type);
  }

  private Answer start(Call call, Session session, Optional<String> target, String baseUrl)
      throws IOException {
    var metadata = typed(call.json(), call.header("x-upload-content-type"));
    var size = call.header("x-upload-content-length");
    if (target.isPresent()) {
      session.corpus().get(target.get(), session.view());
      session.corpus().checkRoom(size.isEmpty() ? 0 : Long.parseLong(size));
    } else {
      session.corpus().check(metadata, session.client(), size.isEmpty() ? 0 : Long.parseLong(size));
    }
    var id = UUID.randomUUID().toString();
    var until = clock.instant().plus(SESSION_LIVES);
    uploads.put(id, new Upload(session, call, metadata, target, until, new Blob(folder)));
    return Answer.empty(
        200,
        Map.of(
            "Location", baseUrl + "/upload/drive/v3/files?uploadType=resumable&upload_id=" + id));
  }

  private Answer status(Upload upload, String total) throws IOException {
    synchronized (upload) {
      if (upload.done != null) {
        return DriveApi.file(upload.start, upload.session, upload.done);
      }
      return total.equals(Long.toString(upload.blob.size())) ? finish(upload) : incomplete(upload);
    }
  }

  private Answer chunk(Call call, Upload upload, long from, String total, Faults.Fate fate)
      throws IOException {
    synchronized (upload) {
      if (upload.done != null) {
        return DriveApi.file(upload.start, upload.session, upload.done);
      }
      if (from > upload.blob.size()) {
        throw DriveProblem.invalid(
            "The chunk begins at " + from + ", stored are " + upload.blob.size());
      }
      var in = call.content();
      in.skipNBytes(upload.blob.size() - from);
      var whole = store(in, upload.blob, fate, total);
      return whole ? finish(upload) : incomplete(upload);
    }
  }

  /** Stores what comes, in whole units unless it is the end; returns whether that was reached. */
  private boolean store(InputStream in, Blob blob, Faults.Fate fate, String total)
      throws IOException {
    var buffer = new byte[UNIT];
    var most = Math.min(fate.cutAfter(), fate.storeAtMost());
    var stored = 0L;
    while (stored + UNIT <= most || most == Long.MAX_VALUE) {
      var read = in.readNBytes(buffer, 0, UNIT);
      var last = total.equals(Long.toString(blob.size() + read));
      if (read < UNIT && !last) {
        if (read > 0) {
          throw DriveProblem.invalid("A chunk that is not the last is a multiple of 256 KiB.");
        }
        return false;
      }
      blob.append(buffer, read);
      journal.received(read);
      stored += read;
      if (last) {
        return true;
      }
    }
    if (fate.cutAfter() < Long.MAX_VALUE) {
      throw new Disconnected();
    }
    journal.received(in.transferTo(OutputStream.nullOutputStream()));
    return false;
  }

  private Answer incomplete(Upload upload) {
    var size = upload.blob.size();
    return Answer.empty(308, size == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (size - 1)));
  }

  private Answer finish(Upload upload) {
    var answer = save(upload.start, upload.session, upload.metadata, upload.target, upload.blob);
    upload.done = answer;
    return DriveApi.file(upload.start, upload.session, answer);
  }

  private Answer commit(
      Call call, Session session, JsonNode metadata, Optional<String> target, Blob blob) {
    journal.received(blob.size());
    return DriveApi.file(call, session, save(call, session, metadata, target, blob));
  }

  private static StoredFile save(
      Call call, Session session, JsonNode metadata, Optional<String> target, Blob blob) {
    var corpus = session.corpus();
    var keep = Boolean.parseBoolean(call.param("keepRevisionForever"));
    if (target.isEmpty()) {
      return corpus.create(metadata, session.client(), blob, keep);
    }
    var file = corpus.get(target.get(), session.view());
    return corpus.update(file, metadata, session.client(), blob, keep);
  }

  private Blob blob(byte[] bytes) throws IOException {
    return Blob.of(folder, bytes);
  }
}
