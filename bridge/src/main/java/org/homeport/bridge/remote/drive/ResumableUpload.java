package org.homeport.bridge.remote.drive;

import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpResponseException;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Predicate;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.ContentChanged;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.spawn.identity.HubUser;

/**
 * One upload in chunks, which continues where Drive stopped listening: after a broken connection,
 * after a chunk that was stored in part only, and in another process after a restart.
 */
final class ResumableUpload {
  /**
   * The most that is lost when an upload breaks; a multiple of the 256 KiB that Drive counts in.
   * The line is idle between two chunks, so they are big.
   */
  static final long CHUNK = 64L << 20;

  private static final int RESUME_INCOMPLETE = 308;
  private static final int MOST_SESSIONS = 3;

  /** The progress that Drive reports: so many bytes stored, or the file when it has all of them. */
  private record Progress(long stored, Optional<File> file) {}

  private final Drive drive;
  private final DriveCalls calls;
  private final UploadTable uploads;
  private final HubUser user;
  private final RemoteId id;
  private final Content content;

  ResumableUpload(
      Drive drive,
      DriveCalls calls,
      UploadTable uploads,
      HubUser user,
      RemoteId id,
      Content content) {
    this.drive = drive;
    this.calls = calls;
    this.uploads = uploads;
    this.user = user;
    this.id = id;
    this.content = content;
  }

  /**
   * Sends what is missing.
   *
   * @param start begins a session, when there is none to go on with
   * @return the file; nothing when the start was refused as the caller expected
   */
  Optional<File> send(DriveCalls.Call<UploadTable.Session> start, Predicate<Refusal> expected) {
    for (var sessions = 0; sessions < MOST_SESSIONS; sessions++) {
      var known = uploads.find(user, id, content);
      var session = known.or(() -> calls.write(start, expected));
      if (session.isEmpty()) {
        return Optional.empty();
      }
      if (known.isEmpty()) {
        uploads.put(user, id, content, session.get());
      }
      var file = send(session.get(), known.isPresent());
      if (file.isPresent()) {
        uploads.remove(user, id);
        return file;
      }
      uploads.remove(user, id);
    }
    throw new RemoteUnavailable("Google Drive forgets each upload that is begun.", null);
  }

  /** The file, or nothing when the session has ended. */
  private Optional<File> send(UploadTable.Session session, boolean resumed) {
    try (var source = new Source()) {
      var progress = resumed ? status(session) : Optional.of(new Progress(0, Optional.empty()));
      while (progress.isPresent() && progress.get().file().isEmpty()) {
        progress = next(session, source, progress.get().stored());
      }
      return progress.flatMap(Progress::file);
    } catch (ContentChanged e) {
      uploads.remove(user, id);
      throw e;
    }
  }

  /** Sends a chunk; on any doubt, asks what of it arrived, and gives up when nothing did. */
  private Optional<Progress> next(UploadTable.Session session, Source source, long from) {
    var length = Math.min(CHUNK, content.size() - from);
    var range = "bytes %d-%d/%d".formatted(from, from + length - 1, content.size());
    try {
      return put(
          session, range, () -> new SentContent(MediaType.BYTES, source.at(from, length), length));
    } catch (RemoteUnavailable e) {
      var progress = status(session);
      if (progress.filter(now -> now.file().isEmpty() && now.stored() <= from).isPresent()) {
        throw e;
      }
      return progress;
    }
  }

  private Optional<Progress> status(UploadTable.Session session) {
    return put(session, "bytes */" + content.size(), EmptyContent::new);
  }

  /** Nothing when Drive no longer knows the session. */
  private Optional<Progress> put(
      UploadTable.Session session, String range, DriveCalls.Call<HttpContent> body) {
    return calls.ask(
        () -> {
          var request =
              drive
                  .getRequestFactory()
                  .buildPutRequest(new GenericUrl(session.uri()), body.run())
                  .setParser(drive.getObjectParser())
                  .setFollowRedirects(false)
                  .setThrowExceptionOnExecuteError(false);
          request.getHeaders().setContentRange(range);
          var response = request.execute();
          try {
            return progress(response);
          } finally {
            response.disconnect();
          }
        },
        refusal -> refusal.isAbsence() || refusal.isGone());
  }

  private static Progress progress(HttpResponse response) throws IOException {
    if (response.isSuccessStatusCode()) {
      return new Progress(0, Optional.of(response.parseAs(File.class)));
    }
    if (response.getStatusCode() == RESUME_INCOMPLETE) {
      var range = response.getHeaders().getRange();
      var stored = range == null ? 0 : Long.parseLong(range.replaceFirst("bytes=0-", "")) + 1;
      return new Progress(stored, Optional.empty());
    }
    // An exception made from the response would carry the address of the session.
    throw new HttpResponseException.Builder(
            response.getStatusCode(), "refused", response.getHeaders())
        .setContent(response.parseAsString())
        .setMessage("A chunk was answered by " + response.getStatusCode())
        .build();
  }

  /** The content's stream, which is opened again only when Drive is not where it was expected. */
  private final class Source implements AutoCloseable {
    private InputStream in;
    private long at;

    InputStream at(long from, long length) {
      if (in == null || at != from) {
        close();
        in = SentContent.open(content, from);
      }
      at = from + length;
      return in;
    }

    @Override
    public void close() {
      try {
        if (in != null) {
          in.close();
        }
      } catch (IOException nothingIsLost) {
        // It was only read.
      }
    }
  }
}
