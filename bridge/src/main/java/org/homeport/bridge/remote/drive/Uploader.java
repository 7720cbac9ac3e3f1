package org.homeport.bridge.remote.drive;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.MultipartContent;
import com.google.api.client.http.json.JsonHttpContent;
import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.token.Secret;
import org.homeport.spawn.identity.HubUser;

/**
 * Sends contents: small ones together with their metadata in one call, big ones by {@link
 * ResumableUpload}.
 *
 * <p>Google's own uploader repeats a create that failed and forgets its session when the process
 * ends; this one does neither.
 */
final class Uploader {
  /** Up to here Drive takes a content in one call with its metadata. */
  static final long SMALL = 5L << 20;

  private final Drive drive;
  private final DriveCalls calls;
  private final UploadTable uploads;
  private final HubUser user;

  Uploader(Drive drive, DriveCalls calls, UploadTable uploads, HubUser user) {
    this.drive = drive;
    this.calls = calls;
    this.uploads = uploads;
    this.user = user;
  }

  /** Creates the file; empty when its id is taken. */
  Optional<File> create(NewFile file, Content content) {
    var metadata = DriveObjects.created(file, content);
    return content.size() <= SMALL
        ? calls.write(() -> small("POST", "", metadata, file, content), Refusal::isTaken)
        : resumable(file, content)
            .send(() -> start("POST", "", metadata, file, content), Refusal::isTaken);
  }

  File update(NewFile file, Content content) {
    var metadata = DriveObjects.updated(file, content);
    var path = "/" + file.id().value();
    return content.size() <= SMALL
        ? calls.write(() -> small("PATCH", path, metadata, file, content))
        : resumable(file, content)
            .send(() -> start("PATCH", path, metadata, file, content), refusal -> false)
            .orElseThrow();
  }

  private ResumableUpload resumable(NewFile file, Content content) {
    return new ResumableUpload(drive, calls, uploads, user, file.id(), content);
  }

  private File small(String method, String path, File metadata, NewFile file, Content content)
      throws IOException {
    try (var in = SentContent.open(content, 0)) {
      var parts =
          List.<HttpContent>of(
              json(metadata), new SentContent(MediaType.of(file.name()), in, content.size()));
      var body = new MultipartContent().setContentParts(parts);
      return request(method, path, "multipart", body).execute().parseAs(File.class);
    }
  }

  private UploadTable.Session start(
      String method, String path, File metadata, NewFile file, Content content) throws IOException {
    var request = request(method, path, "resumable", json(metadata));
    request.getHeaders().set("X-Upload-Content-Type", MediaType.of(file.name()));
    request.getHeaders().set("X-Upload-Content-Length", content.size());
    var response = request.execute();
    try {
      return new UploadTable.Session(new Secret(response.getHeaders().getLocation()));
    } finally {
      response.disconnect();
    }
  }

  private HttpRequest request(String method, String path, String type, HttpContent body)
      throws IOException {
    var url =
        new GenericUrl(drive.getRootUrl() + "upload/" + drive.getServicePath() + "files" + path);
    url.put("uploadType", type);
    url.put("fields", DriveObjects.FIELDS);
    return drive
        .getRequestFactory()
        .buildRequest(method, url, body)
        .setParser(drive.getObjectParser());
  }

  private HttpContent json(File metadata) {
    return new JsonHttpContent(drive.getJsonFactory(), metadata);
  }
}
