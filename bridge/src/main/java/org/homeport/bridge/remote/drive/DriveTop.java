package org.homeport.bridge.remote.drive;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import java.util.Optional;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.spawn.identity.HubUser;

/** The folder of a Drive in which everything lies; Google is asked for it once for each account. */
final class DriveTop {
  private final TopTable table;
  private final HubUser user;
  private final Drive drive;
  private final DriveCalls calls;
  private volatile Optional<RemoteId> folder = Optional.empty();

  DriveTop(TopTable table, HubUser user, Drive drive, DriveCalls calls) {
    this.table = table;
    this.user = user;
    this.drive = drive;
    this.calls = calls;
  }

  RemoteId id() {
    if (folder.isEmpty()) {
      folder = Optional.of(table.find(user).orElseGet(this::ask));
    }
    return folder.get();
  }

  private RemoteId ask() {
    var root =
        calls.ask(() -> drive.files().get("root").setFields("id").execute(), Refusal::isAbsence);
    var id = new RemoteId(root.map(File::getId).orElse("root"));
    table.put(user, id);
    return id;
  }
}
