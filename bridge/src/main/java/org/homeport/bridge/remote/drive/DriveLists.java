package org.homeport.bridge.remote.drive;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.Change;
import com.google.api.services.drive.model.File;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.homeport.bridge.remote.RemoteChanges;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;

/** The lists that Drive gives page by page: changes, and the files that carry a tag. */
final class DriveLists {
  private static final int PAGE = 1000;
  private static final String CHANGE_FIELDS =
      "nextPageToken,newStartPageToken,changes(fileId,removed,file(" + DriveObjects.FIELDS + "))";
  private static final String FILE_FIELDS = "nextPageToken,files(" + DriveObjects.FIELDS + ")";

  private final Drive drive;
  private final DriveCalls calls;
  private final DriveTop top;

  DriveLists(Drive drive, DriveCalls calls, DriveTop top) {
    this.drive = drive;
    this.calls = calls;
    this.top = top;
  }

  String changeToken() {
    return calls
        .ask(() -> drive.changes().getStartPageToken().setFields("startPageToken").execute())
        .getStartPageToken();
  }

  /** Each object that changed once, as it is now. */
  RemoteChanges changesSince(String token) {
    var changes = new LinkedHashMap<RemoteId, RemoteChanges.Change>();
    for (var page = token; ; ) {
      var from = page;
      var list =
          calls.ask(
              () ->
                  drive.changes().list(from).setPageSize(PAGE).setFields(CHANGE_FIELDS).execute());
      list.getChanges().stream()
          .filter(change -> change.getFileId() != null)
          .map(this::change)
          .forEach(change -> changes.put(change.id(), change));
      if (list.getNextPageToken() == null) {
        return new RemoteChanges(List.copyOf(changes.values()), list.getNewStartPageToken());
      }
      page = list.getNextPageToken();
    }
  }

  private RemoteChanges.Change change(Change change) {
    return new RemoteChanges.Change(
        new RemoteId(change.getFileId()),
        Optional.ofNullable(change.getFile()).flatMap(this::object));
  }

  void everythingTagged(String key, String value, Consumer<RemoteObject> consumer) {
    var query =
        "appProperties has { key='%s' and value='%s' }".formatted(quoted(key), quoted(value));
    var page = Optional.<String>empty();
    do {
      var token = page.orElse(null);
      var list =
          calls.ask(
              () ->
                  drive
                      .files()
                      .list()
                      .setQ(query)
                      .setPageSize(PAGE)
                      .setPageToken(token)
                      .setFields(FILE_FIELDS)
                      .execute());
      list.getFiles().forEach(file -> object(file).ifPresent(consumer));
      // An empty page says nothing: only a missing token is the end.
      page = Optional.ofNullable(list.getNextPageToken());
    } while (page.isPresent());
  }

  private Optional<RemoteObject> object(File file) {
    return DriveObjects.object(file, top::id);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
