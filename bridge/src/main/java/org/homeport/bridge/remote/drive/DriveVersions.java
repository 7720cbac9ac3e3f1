package org.homeport.bridge.remote.drive;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.Revision;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteRevision;

/** The versions of a file in Drive, which are its revisions: listed, read and kept. */
final class DriveVersions {
  private static final int PAGE = 1000;
  private static final String FIELDS =
      "nextPageToken,revisions(" + DriveObjects.REVISION_FIELDS + ")";

  private final Drive drive;
  private final DriveCalls calls;

  DriveVersions(Drive drive, DriveCalls calls) {
    this.drive = drive;
    this.calls = calls;
  }

  List<RemoteRevision> list(RemoteId id) {
    var revisions = new ArrayList<RemoteRevision>();
    var page = Optional.<String>empty();
    do {
      var token = page.orElse(null);
      var list =
          calls.ask(
              () ->
                  drive
                      .revisions()
                      .list(id.value())
                      .setPageSize(PAGE)
                      .setPageToken(token)
                      .setFields(FIELDS)
                      .execute());
      list.getRevisions().forEach(each -> revisions.add(DriveObjects.revision(each)));
      page = Optional.ofNullable(list.getNextPageToken());
    } while (page.isPresent());
    return revisions;
  }

  InputStream read(RemoteId id, String version, long from) {
    return download(id, version, from)
        .or(
            () -> {
              // Drive hands out an old version only when it is marked to be kept.
              calls.write(() -> drive.revisions().update(id.value(), version, kept()).execute());
              return download(id, version, from);
            })
        .orElseThrow(() -> new RemoteRejected("Google Drive does not hand out " + id + "."));
  }

  /** Empty when Drive does not hand out this version. */
  private Optional<InputStream> download(RemoteId id, String version, long from) {
    return calls.ask(
        () -> {
          var get = drive.revisions().get(id.value(), version);
          if (from > 0) {
            get.getRequestHeaders().setRange("bytes=" + from + "-");
          }
          return get.executeMediaAsInputStream();
        },
        Refusal::isForbidden);
  }

  /**
   * Keeps a version beyond the 30 days after which Drive forgets it. Drive keeps 200 versions of a
   * file permanently; it may refuse one more.
   */
  void keep(RemoteId id, String version) {
    calls.write(
        () -> drive.revisions().update(id.value(), version, kept()).execute(),
        Refusal::isForbidden);
  }

  private static Revision kept() {
    return new Revision().setKeepForever(true);
  }
}
