package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The calls of the Drive API, version 3, that carry no content towards Drive. */
final class DriveApi {
  private final InstantSource clock;
  volatile Duration lag = Duration.ZERO;
  volatile boolean emptyPages;

  DriveApi(InstantSource clock) {
    this.clock = clock;
  }

  /** The operation behind a path below {@code /drive/v3/} or {@code /download/drive/v3/}. */
  Operation route(Call call, Session session, List<String> path) {
    var verb = call.method() + " " + path.get(0) + (path.size() > 1 ? "/…" : "");
    return switch (verb) {
      case "GET about" -> session.does(Kind.ABOUT, fate -> about(call, session));
      case "GET changes/…" -> session.does(Kind.CHANGES, fate -> startPageToken(call, session));
      case "GET changes" -> session.does(Kind.CHANGES, fate -> changes(call, session));
      case "GET files", "POST files/…" -> session.does(Kind.LIST, fate -> list(call, session));
      case "POST files" -> session.does(Kind.CREATE, fate -> create(call, session));
      case "GET files/…" ->
          path.get(1).equals("generateIds")
              ? session.does(Kind.GENERATE_IDS, fate -> generateIds(call, session))
              : path.size() > 2
                  ? revisions(call, session, path)
                  : call.param("alt").equals("media")
                      ? session.does(
                          Kind.DOWNLOAD, fate -> download(call, session, path.get(1), fate))
                      : session.does(Kind.GET, fate -> get(call, session, path.get(1)));
      case "PATCH files/…" ->
          path.size() > 2
              ? revisions(call, session, path)
              : session.does(Kind.UPDATE, fate -> update(call, session, path.get(1)));
      case "DELETE files/…" -> session.does(Kind.DELETE, fate -> delete(session, path.get(1)));
      default -> throw new DriveProblem(404, "notFound", "No such method: " + verb);
    };
  }

  private Answer about(Call call, Session session) {
    var corpus = session.corpus();
    var about = JsonNodeFactory.instance.objectNode().put("kind", "drive#about");
    about
        .putObject("user")
        .put("emailAddress", session.account())
        .put("displayName", session.account())
        .put("permissionId", "permission-" + session.account());
    var quota = about.putObject("storageQuota");
    quota.put("usage", Long.toString(corpus.used()));
    quota.put("usageInDrive", Long.toString(corpus.used()));
    if (corpus.limit() < Long.MAX_VALUE) {
      quota.put("limit", Long.toString(corpus.limit()));
    }
    if (call.param("fields").isEmpty()) {
      throw new DriveProblem(
          400, "required", "The 'fields' parameter is required for this method.");
    }
    return masked(call, about, "");
  }

  private Answer generateIds(Call call, Session session) {
    var count = Integer.parseInt(call.params().getOrDefault("count", "10"));
    if (count < 1 || count > 1000) {
      throw DriveProblem.invalid("Invalid value for count: " + count);
    }
    var answer = JsonNodeFactory.instance.objectNode().put("kind", "drive#generatedIds");
    answer.put("space", "drive");
    var ids = answer.putArray("ids");
    session.corpus().reserve(count).forEach(ids::add);
    return masked(call, answer, "");
  }

  private Answer create(Call call, Session session) throws IOException {
    var file = session.corpus().create(call.json(), session.client(), null, false);
    return file(call, session, file);
  }

  private Answer get(Call call, Session session, String id) {
    return file(call, session, session.corpus().get(id, session.view()));
  }

  private Answer update(Call call, Session session, String id) throws IOException {
    var corpus = session.corpus();
    var file = corpus.get(id, session.view());
    if (!call.param("addParents").isEmpty()) {
      var parent = file.parent.isVisibleTo(session.view()) ? file.parent.id : "";
      if (!call.param("removeParents").equals(parent)) {
        throw new DriveProblem(
            403, "cannotAddParent", "Increasing the number of parents is not allowed");
      }
      corpus.move(file, corpus.get(call.param("addParents"), session.view()));
    }
    return file(call, session, corpus.update(file, call.json(), session.client(), null, false));
  }

  private Answer delete(Session session, String id) {
    session.corpus().remove(session.corpus().get(id, session.view()));
    return Answer.empty(204, Map.of());
  }

  /** A list is older than the truth by the lag, and may have empty pages that are not the last. */
  private Answer list(Call call, Session session) {
    var found =
        session
            .corpus()
            .list(session.view(), Query.parse(call.param("q")), clock.instant().minus(lag));
    var size = Integer.parseInt(call.params().getOrDefault("pageSize", "100"));
    var token = call.param("pageToken");
    var empty = emptyPages && !token.startsWith("full-");
    var from = token.isEmpty() ? 0 : Integer.parseInt(token.replaceAll("\\D", ""));
    var to = empty ? from : Math.min(from + size, found.size());
    var answer = JsonNodeFactory.instance.objectNode().put("kind", "drive#fileList");
    var files = answer.putArray("files");
    found.subList(from, to).forEach(file -> files.add(file.json(session.view())));
    if (to < found.size() || (empty && !found.isEmpty())) {
      answer.put("nextPageToken", (empty ? "full-" : "page-") + to);
    }
    answer.put("incompleteSearch", false);
    return masked(call, answer, "nextPageToken,files(kind,id,name,mimeType)");
  }

  private Answer startPageToken(Call call, Session session) {
    var answer = JsonNodeFactory.instance.objectNode().put("kind", "drive#startPageToken");
    answer.put("startPageToken", Long.toString(session.corpus().nextChange()));
    return masked(call, answer, "");
  }

  private Answer changes(Call call, Session session) {
    var corpus = session.corpus();
    var from = Long.parseLong(call.param("pageToken"));
    var found = corpus.changesFrom(from, session.view());
    var size = Integer.parseInt(call.params().getOrDefault("pageSize", "100"));
    var page = found.subList(0, Math.min(size, found.size()));
    var answer = JsonNodeFactory.instance.objectNode().put("kind", "drive#changeList");
    var changes = answer.putArray("changes");
    page.forEach(change -> changes.add(change(corpus, session, change)));
    if (page.size() < found.size()) {
      answer.put("nextPageToken", Long.toString(found.get(page.size()).at()));
    } else {
      answer.put("newStartPageToken", Long.toString(corpus.nextChange()));
    }
    return masked(call, answer, "");
  }

  private static JsonNode change(Corpus corpus, Session session, Corpus.Change change) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "drive#change")
            .put("changeType", "file")
            .put("time", StoredFile.TIME.format(change.time()))
            .put("fileId", change.id());
    try {
      json.set("file", corpus.get(change.id(), session.view()).json(session.view()));
      json.put("removed", false);
    } catch (DriveProblem gone) {
      json.put("removed", true);
    }
    return json;
  }

  private Operation revisions(Call call, Session session, List<String> path) {
    return path.size() > 3 && call.param("alt").equals("media")
        ? session.does(Kind.DOWNLOAD, fate -> oldMedia(call, session, path, fate))
        : session.does(Kind.REVISIONS, fate -> revision(call, session, path));
  }

  /** An old version can be downloaded only when it is marked to be kept. */
  private Answer oldMedia(Call call, Session session, List<String> path, Faults.Fate fate)
      throws IOException {
    var version = version(session, path.get(1), path.get(3));
    var current = session.corpus().get(path.get(1), session.view()).current();
    if (!version.kept && version != current) {
      throw new DriveProblem(
          403, "fileNotDownloadable", "Only revisions that are kept forever can be downloaded.");
    }
    return Media.answer(call, version.blob, fate);
  }

  private Answer revision(Call call, Session session, List<String> path) throws IOException {
    var corpus = session.corpus();
    var file = corpus.get(path.get(1), session.view());
    if (path.size() > 3) {
      var version = version(session, file.id, path.get(3));
      if (call.method().equals("PATCH")) {
        corpus.keep(file, version, call.json().path("keepForever").asBoolean());
      }
      return masked(call, version.json(file.mimeType), "kind,id,mimeType,modifiedTime");
    }
    var answer = JsonNodeFactory.instance.objectNode().put("kind", "drive#revisionList");
    var revisions = answer.putArray("revisions");
    corpus.versions(file).forEach(version -> revisions.add(version.json(file.mimeType)));
    return masked(call, answer, "revisions(kind,id,mimeType,modifiedTime)");
  }

  private StoredFile.Version version(Session session, String id, String version) {
    var corpus = session.corpus();
    return corpus.versions(corpus.get(id, session.view())).stream()
        .filter(each -> each.id.equals(version))
        .findFirst()
        .orElseThrow(
            () -> new DriveProblem(404, "notFound", "Revision not found: " + version + "."));
  }

  private Answer download(Call call, Session session, String id, Faults.Fate fate)
      throws IOException {
    var file = session.corpus().get(id, session.view());
    if (file.isFolder()) {
      throw new DriveProblem(
          403, "fileNotDownloadable", "Only files with binary content can be downloaded.");
    }
    return Media.answer(call, file.current().blob, fate);
  }

  static Answer file(Call call, Session session, StoredFile file) {
    return masked(call, file.json(session.view()), "kind,id,name,mimeType");
  }

  /** Without {@code fields=}, Drive sends but a few. */
  private static Answer masked(Call call, ObjectNode json, String usual) {
    var fields = call.params().getOrDefault("fields", usual);
    return Answer.ok(fields.isEmpty() ? json : FieldMask.parse(fields).of(json));
  }
}
