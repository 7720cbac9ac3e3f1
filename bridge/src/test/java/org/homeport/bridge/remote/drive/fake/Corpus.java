package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The tree of one account, with its trash, versions and changes. All methods are synchronized. */
final class Corpus {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_TAGS = 30;
  private static final int MAX_TAG_BYTES = 124;
  private static final int MAX_VERSIONS = 100;
  private static final int MAX_KEPT = 200;
  private static final Duration VERSIONS_LIVE = Duration.ofDays(30);

  /** A change to a file; {@code removed} means permanently. */
  record Change(long at, String id, boolean removed, Instant time) {}

  private final InstantSource clock;
  private final Map<String, StoredFile> files = new LinkedHashMap<>();
  private final Set<String> reserved = new HashSet<>();
  private final List<Change> changes = new ArrayList<>();
  private final StoredFile root;
  private long ids;
  private long limit = Long.MAX_VALUE;

  Corpus(String account, InstantSource clock) {
    this.clock = clock;
    this.root = new StoredFile("0A" + Integer.toHexString(account.hashCode()) + "Root", "", now());
    root.name = "My Drive";
    root.mimeType = StoredFile.FOLDER;
    files.put(root.id, root);
  }

  private Instant now() {
    return clock.instant();
  }

  synchronized void limit(long bytes) {
    limit = bytes;
  }

  synchronized long limit() {
    return limit;
  }

  synchronized long used() {
    return files.values().stream()
        .flatMap(file -> file.versions.stream())
        .mapToLong(version -> version.blob.size())
        .sum();
  }

  synchronized List<String> reserve(int count) {
    var made = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      made.add("1%s_%07d".formatted(root.id, ++ids));
    }
    reserved.addAll(made);
    return made;
  }

  /** The file as that client sees it. */
  synchronized StoredFile get(String id, String client) {
    var file = id.equals("root") ? root : files.get(id);
    if (file == null || !sees(client, file)) {
      throw DriveProblem.notFound(id);
    }
    return file;
  }

  private boolean sees(String client, StoredFile file) {
    return file.isVisibleTo(client);
  }

  /** Refuses what {@link #create} would refuse, before a content is sent for it. */
  synchronized void check(JsonNode metadata, String client, long size) {
    var id = metadata.path("id").asText("");
    if (!id.isEmpty() && files.containsKey(id)) {
      throw new DriveProblem(409, "fileIdInUse", "A file already exists with the provided ID.");
    }
    if (!id.isEmpty() && !reserved.contains(id)) {
      throw DriveProblem.invalid("The provided file ID is not usable.");
    }
    if (parentIn(metadata, client).depth() + 1 > MAX_DEPTH) {
      throw tooDeep();
    }
    checkRoom(size);
  }

  private static DriveProblem tooDeep() {
    return new DriveProblem(
        403,
        "myDriveHierarchyDepthLimitExceeded",
        "Your My Drive contains too many levels of folders.");
  }

  synchronized void checkRoom(long size) {
    if (used() + size > limit) {
      throw DriveProblem.storageFull();
    }
  }

  synchronized StoredFile create(JsonNode metadata, String client, Blob content, boolean keep) {
    check(metadata, client, content == null ? 0 : content.size());
    var id = metadata.path("id").asText("");
    var file = new StoredFile(id.isEmpty() ? reserve(1).get(0) : id, client, now());
    file.parent = parentIn(metadata, client);
    describe(file, metadata);
    if (content != null) {
      addVersion(file, content, client, keep);
    } else if (!file.isFolder()) {
      addVersion(file, new Blob(null), client, keep);
    }
    reserved.remove(file.id);
    files.put(file.id, file);
    changed(file.id, false);
    return file;
  }

  synchronized StoredFile update(
      StoredFile file, JsonNode metadata, String client, Blob content, boolean keep) {
    if (content != null) {
      checkRoom(content.size());
      addVersion(file, content, client, keep);
      file.modified = now();
    }
    describe(file, metadata);
    file.version++;
    changed(file.id, false);
    return file;
  }

  synchronized void move(StoredFile file, StoredFile parent) {
    if (parent.lies(file)) {
      throw new DriveProblem(403, "cyclicMove", "A folder cannot be moved into itself.");
    }
    if (!parent.isFolder()) {
      throw new DriveProblem(403, "parentNotAFolder", "The specified parent is not a folder.");
    }
    var deepest =
        files.values().stream().filter(each -> each.lies(file)).mapToInt(StoredFile::depth).max();
    if (parent.depth() + 1 + deepest.orElse(0) - file.depth() > MAX_DEPTH) {
      throw tooDeep();
    }
    file.parent = parent;
    changed(file.id, false);
  }

  synchronized void remove(StoredFile file) {
    if (file == root) {
      throw new DriveProblem(403, "insufficientFilePermissions", "The root cannot be removed.");
    }
    var gone = files.values().stream().filter(each -> each.lies(file)).toList();
    gone.forEach(each -> files.remove(each.id));
    gone.forEach(each -> changed(each.id, true));
  }

  synchronized List<StoredFile> list(String client, Predicate<StoredFile> query, Instant madeBy) {
    return files.values().stream()
        .filter(file -> file != root && sees(client, file))
        .filter(file -> !file.created.isAfter(madeBy))
        .filter(query)
        .toList();
  }

  /** The versions that are still there: kept ones, the current one, young ones; 100 of them. */
  synchronized List<StoredFile.Version> versions(StoredFile file) {
    var last = file.versions.size() - 1;
    for (var i = last - 1; i >= 0; i--) {
      var version = file.versions.get(i);
      var old = version.savedAt.plus(VERSIONS_LIVE).isBefore(now());
      if (!version.kept && (old || file.versions.size() > MAX_VERSIONS)) {
        file.versions.remove(i);
      }
    }
    return List.copyOf(file.versions);
  }

  synchronized void keep(StoredFile file, StoredFile.Version version, boolean keep) {
    if (keep && file.versions.stream().filter(each -> each.kept).count() >= MAX_KEPT) {
      throw new DriveProblem(
          403, "keepRevisionForeverLimit", "Too many revisions are kept forever.");
    }
    version.kept = keep;
  }

  synchronized long nextChange() {
    return changes.size() + 1L;
  }

  synchronized List<Change> changesFrom(long at, String client) {
    return changes.stream()
        .filter(change -> change.at() >= at)
        .filter(change -> files.get(change.id()) == null || sees(client, files.get(change.id())))
        .toList();
  }

  synchronized List<StoredFile> all() {
    return files.values().stream().filter(file -> file != root).toList();
  }

  private StoredFile parentIn(JsonNode metadata, String client) {
    var parents = metadata.path("parents");
    if (parents.size() > 1) {
      throw new DriveProblem(
          403, "multipleParentsNotSupported", "A file cannot have several parents.");
    }
    var parent = parents.isEmpty() ? root : get(parents.get(0).asText(), client);
    if (!parent.isFolder()) {
      throw new DriveProblem(403, "parentNotAFolder", "The specified parent is not a folder.");
    }
    return parent;
  }

  private void describe(StoredFile file, JsonNode metadata) {
    file.name = metadata.path("name").asText(file.name);
    file.mimeType = metadata.path("mimeType").asText(file.mimeType);
    if (metadata.hasNonNull("modifiedTime")) {
      file.modified = Instant.parse(metadata.get("modifiedTime").asText());
    }
    if (metadata.has("trashed")) {
      file.trashed = metadata.get("trashed").asBoolean();
    }
    metadata.path("appProperties").properties().forEach(tag -> tag(file, tag));
  }

  private static void tag(StoredFile file, Map.Entry<String, JsonNode> tag) {
    if (tag.getValue().isNull()) {
      file.tags.remove(tag.getKey());
      return;
    }
    var value = tag.getValue().asText();
    if ((tag.getKey() + value).getBytes(StandardCharsets.UTF_8).length > MAX_TAG_BYTES) {
      throw DriveProblem.invalid("The property " + tag.getKey() + " is too long.");
    }
    file.tags.put(tag.getKey(), value);
    if (file.tags.size() > MAX_TAGS) {
      throw new DriveProblem(403, "limitExceeded", "Too many app properties.");
    }
  }

  private void addVersion(StoredFile file, Blob content, String client, boolean keep) {
    var id = file.id + "-v" + (file.version + file.versions.size());
    var version = new StoredFile.Version(id, content, now(), client);
    file.versions.add(version);
    if (keep) {
      keep(file, version, true);
    }
  }

  private void changed(String id, boolean removed) {
    changes.add(new Change(nextChange(), id, removed, now()));
  }
}
