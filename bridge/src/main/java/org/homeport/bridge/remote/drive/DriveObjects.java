package org.homeport.bridge.remote.drive;

import com.google.api.client.util.DateTime;
import com.google.api.services.drive.model.File;
import com.google.api.services.drive.model.Revision;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteObject.RemoteContent;
import org.homeport.bridge.remote.RemoteRevision;

/** Translates between Homeport's objects and Drive's. */
final class DriveObjects {
  /** The fields that are asked of each file; Drive sends no others. */
  static final String FIELDS =
      "id,name,mimeType,parents,trashed,size,md5Checksum,modifiedTime,headRevisionId,appProperties";

  static final String REVISION_FIELDS = "id,modifiedTime,size,md5Checksum";

  /** Tells Homeport's own content from one that somebody else put there. */
  private static final String OWN = "homeport-md5";

  private static final String FOLDER = "application/vnd.google-apps.folder";

  private DriveObjects() {}

  static File folder(NewFolder folder) {
    return new File()
        .setId(folder.id().value())
        .setName(folder.name())
        .setMimeType(FOLDER)
        .setParents(List.of(folder.parent().value()))
        .setAppProperties(folder.tags());
  }

  static File created(NewFile file, Content content) {
    return updated(file, content)
        .setId(file.id().value())
        .setName(file.name())
        .setMimeType(MediaType.of(file.name()))
        .setParents(List.of(file.parent().value()));
  }

  static File updated(NewFile file, Content content) {
    var tags = new HashMap<>(file.tags());
    tags.put(OWN, content.md5().hex());
    return new File()
        .setModifiedTime(new DateTime(file.modified().toEpochMilli()))
        .setAppProperties(tags);
  }

  /** Tells whether the current content is the one that Homeport put there last. */
  static boolean isOwn(File file) {
    return file.getMd5Checksum() != null && file.getMd5Checksum().equals(tags(file).get(OWN));
  }

  /** Empty for anything that is neither a folder nor plain bytes, such as a shortcut. */
  static Optional<RemoteObject> object(File file, Supplier<RemoteId> top) {
    var folder = FOLDER.equals(file.getMimeType());
    if (!folder && file.getMd5Checksum() == null) {
      return Optional.empty();
    }
    var tags = new HashMap<>(tags(file));
    tags.remove(OWN);
    return Optional.of(
        new RemoteObject(
            new RemoteId(file.getId()),
            parent(file).orElseGet(top),
            file.getName(),
            folder ? Optional.empty() : Optional.of(content(file)),
            Boolean.TRUE.equals(file.getTrashed()),
            tags));
  }

  static Optional<RemoteId> parent(File file) {
    var parents = file.getParents();
    return parents == null || parents.isEmpty()
        ? Optional.empty()
        : Optional.of(new RemoteId(parents.get(0)));
  }

  static RemoteRevision revision(Revision revision) {
    return new RemoteRevision(
        revision.getId(),
        instant(revision.getModifiedTime()),
        revision.getSize(),
        new Md5(revision.getMd5Checksum()));
  }

  private static RemoteContent content(File file) {
    return new RemoteContent(
        file.getHeadRevisionId(),
        file.getSize(),
        new Md5(file.getMd5Checksum()),
        instant(file.getModifiedTime()));
  }

  private static Map<String, String> tags(File file) {
    return file.getAppProperties() == null ? Map.of() : file.getAppProperties();
  }

  private static Instant instant(DateTime time) {
    return Instant.ofEpochMilli(time.getValue());
  }
}
