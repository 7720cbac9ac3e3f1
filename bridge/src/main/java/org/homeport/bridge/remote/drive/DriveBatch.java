package org.homeport.bridge.remote.drive;

import com.google.api.client.googleapis.batch.json.JsonBatchCallback;
import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.http.HttpHeaders;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.DriveRequest;
import com.google.api.services.drive.model.File;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteUnavailable;

/** Sends many small writes with few requests; Drive still counts each one towards its limits. */
final class DriveBatch {
  private static final int MOST = 100;

  /** Makes the write for one item. */
  @FunctionalInterface
  interface Write<T> {
    DriveRequest<File> of(T item) throws IOException;
  }

  private final Drive drive;
  private final DriveCalls calls;

  DriveBatch(Drive drive, DriveCalls calls) {
    this.drive = drive;
    this.calls = calls;
  }

  /**
   * Writes every item.
   *
   * @param expected refusals that count as success
   * @return the items of which it is not known whether they were written, and why
   */
  <T> Map<T, RemoteFailure> write(List<T> items, Write<T> write, Predicate<Refusal> expected) {
    var failures = new LinkedHashMap<T, RemoteFailure>();
    var size = Math.min(MOST, calls.writesAtOnce());
    for (var from = 0; from < items.size(); from += size) {
      var some = items.subList(from, Math.min(from + size, items.size()));
      try {
        failures.putAll(calls.write(some.size(), () -> send(some, write, expected)));
      } catch (RemoteUnavailable e) {
        some.forEach(item -> failures.put(item, e));
      }
    }
    return failures;
  }

  private <T> Map<T, RemoteFailure> send(List<T> items, Write<T> write, Predicate<Refusal> expected)
      throws IOException {
    var failures = new LinkedHashMap<T, RemoteFailure>();
    var batch = drive.batch(drive.getRequestFactory().getInitializer());
    for (var item : items) {
      var callback =
          new JsonBatchCallback<File>() {
            @Override
            public void onSuccess(File file, HttpHeaders headers) {
              failures.remove(item);
            }

            @Override
            public void onFailure(GoogleJsonError error, HttpHeaders headers) {
              var refusal = Refusal.of(error, headers);
              if (expected.test(refusal)) {
                failures.remove(item);
              } else {
                failures.put(item, calls.failure(refusal, null));
              }
            }
          };
      failures.put(item, new RemoteUnavailable("Google Drive left a call unanswered.", null));
      write.of(item).setFields("id").queue(batch, callback);
    }
    batch.execute();
    return failures;
  }
}
