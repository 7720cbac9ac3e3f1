package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file or folder of one account, with all its versions. Guarded by its {@link Corpus}. */
final class StoredFile {
  static final String FOLDER = "application/vnd.google-apps.folder";
  static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter().withZone(ZoneOffset.UTC);

  /** One content that the file has or had. */
  static final class Version {
    final String id;
    final Blob blob;
    final Instant savedAt;
    final String savedBy;
    boolean kept;

    Version(String id, Blob blob, Instant savedAt, String savedBy) {
      this.id = id;
      this.blob = blob;
      this.savedAt = savedAt;
      this.savedBy = savedBy;
    }

    ObjectNode json(String mimeType) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("kind", "drive#revision")
          .put("id", id)
          .put("mimeType", mimeType)
          .put("modifiedTime", TIME.format(savedAt))
          .put("keepForever", kept)
          .put("md5Checksum", blob.md5())
          .put("size", Long.toString(blob.size()));
    }
  }

  final String id;

  /** The client that made the file, and alone sees it under drive.file; empty for the page. */
  final String client;

  final Instant created;
  final List<Version> versions = new ArrayList<>();
  final Map<String, String> tags = new TreeMap<>();
  String name = "Untitled";
  String mimeType = "application/octet-stream";
  StoredFile parent;
  Instant modified;
  boolean trashed;
  long version = 1;

  StoredFile(String id, String client, Instant created) {
    this.id = id;
    this.client = client;
    this.created = created;
    this.modified = created;
  }

  boolean isFolder() {
    return mimeType.equals(FOLDER);
  }

  boolean isTrashed() {
    return trashed || (parent != null && parent.isTrashed());
  }

  int depth() {
    return parent == null ? 0 : parent.depth() + 1;
  }

  boolean lies(StoredFile folder) {
    return this == folder || (parent != null && parent.lies(folder));
  }

  Version current() {
    return versions.get(versions.size() - 1);
  }

  String path() {
    return parent == null ? "" : parent.path() + "/" + name;
  }

  /** A client sees what it made, and the top; the owner, whose view is empty, sees all. */
  boolean isVisibleTo(String view) {
    return parent == null || view.isEmpty() || client.equals(view);
  }

  /** All fields, as a client sees them; the caller selects those that were asked for. */
  ObjectNode json(String view) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("kind", "drive#file");
    json.put("id", id);
    json.put("name", name);
    json.put("mimeType", mimeType);
    json.put("trashed", isTrashed());
    json.put("explicitlyTrashed", trashed);
    json.put("createdTime", TIME.format(created));
    json.put("modifiedTime", TIME.format(modified));
    json.put("version", Long.toString(version));
    json.put("webViewLink", "https://drive.google.com/file/d/" + id + "/view");
    json.put("ownedByMe", true);
    if (parent != null && parent.isVisibleTo(view)) {
      json.putArray("parents").add(parent.id);
    }
    if (!tags.isEmpty()) {
      var properties = json.putObject("appProperties");
      tags.forEach(properties::put);
    }
    if (!versions.isEmpty()) {
      json.put("size", Long.toString(current().blob.size()));
      json.put("md5Checksum", current().blob.md5());
      json.put("headRevisionId", current().id);
      json.put("originalFilename", name);
    }
    return json;
  }
}
