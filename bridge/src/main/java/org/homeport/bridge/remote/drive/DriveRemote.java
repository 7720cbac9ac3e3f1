package org.homeport.bridge.remote.drive;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.Change;
import com.google.api.services.drive.model.File;
import com.google.api.services.drive.model.Revision;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteChanges;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteRevision;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.remote.RemoteUsage;

/**
 * The Google Drive of one user, seen through {@code drive.file}: only what Homeport made.
 *
 * <p>Everything is made under an id that was reserved, so a call that is made again after a doubt
 * ends in the one object: Drive answers that the id is taken, and the id shows what it holds. That
 * answer is never out of date, unlike a search by name.
 */
final class DriveRemote implements Remote {
  private static final int IDS_A_CALL = 1000;
  private static final int PAGE = 1000;

  private final Drive drive;
  private final DriveCalls calls;
  private final DriveBatch batch;
  private final Uploader uploader;
  private final Top top;
  private final SearchLag lag;
  private final Queue<RemoteId> reserved = new ArrayDeque<>();

  /** Where the folder is known in which everything lies. */
  interface Top {
    Optional<RemoteId> known();

    void remember(RemoteId folder);
  }

  DriveRemote(Drive drive, DriveCalls calls, Uploader uploader, Top top, SearchLag lag) {
    this.drive = drive;
    this.calls = calls;
    this.batch = new DriveBatch(drive, calls);
    this.uploader = uploader;
    this.top = top;
    this.lag = lag;
  }

  @Override
  public RemoteId top() {
    return top.known().orElseGet(this::askForTop);
  }

  private RemoteId askForTop() {
    var root =
        calls.ask(() -> drive.files().get("root").setFields("id").execute(), Refusal::isAbsence);
    var folder = new RemoteId(root.map(File::getId).orElse("root"));
    top.remember(folder);
    return folder;
  }

  /** Asks for many at once and keeps what is left over: an id that is never used costs nothing. */
  @Override
  public synchronized List<RemoteId> reserveIds(int count) {
    while (reserved.size() < count) {
      calls
          .ask(() -> drive.files().generateIds().setCount(IDS_A_CALL).setFields("ids").execute())
          .getIds()
          .forEach(id -> reserved.add(new RemoteId(id)));
    }
    return Stream.generate(reserved::remove).limit(count).toList();
  }

  @Override
  public void createFolders(List<NewFolder> folders) {
    var left = folders;
    while (!left.isEmpty()) {
      var doubtful =
          batch.write(
              left, folder -> drive.files().create(DriveObjects.folder(folder)), Refusal::isTaken);
      if (doubtful.size() == left.size()) {
        throw doubtful.values().iterator().next();
      }
      left = List.copyOf(doubtful.keySet());
    }
  }

  @Override
  public RemoteObject create(NewFile file, Content content) {
    return uploader
        .create(file, content)
        .map(made -> verified(made, content))
        .orElseGet(() -> update(file, content));
  }

  @Override
  public RemoteObject update(NewFile file, Content content) {
    var there = get(file.id()).orElseThrow(() -> absent(file.id()));
    if (content.md5().hex().equals(there.getMd5Checksum())) {
      return object(there);
    }
    if (!DriveObjects.isOwn(there)) {
      keepForEver(there);
    }
    return verified(uploader.update(file, content), content);
  }

  private RemoteObject verified(File file, Content content) {
    if (!content.md5().hex().equals(file.getMd5Checksum())) {
      throw new RemoteUnavailable("A file arrived damaged at Google Drive.", null);
    }
    return object(file);
  }

  /**
   * What somebody else put there must outlast the 30 days after which Drive forgets. Drive keeps
   * 200 versions of a file so; it may refuse one more.
   */
  private void keepForEver(File file) {
    var keep = new Revision().setKeepForever(true);
    calls.write(
        () -> drive.revisions().update(file.getId(), file.getHeadRevisionId(), keep).execute(),
        Refusal::isForbidden);
  }

  @Override
  public RemoteObject move(RemoteId id, RemoteId parent, String name) {
    var there = get(id).orElseThrow(() -> absent(id));
    var from = DriveObjects.parent(there).orElseGet(this::top);
    if (from.equals(parent) && name.equals(there.getName())) {
      return object(there);
    }
    return object(
        calls.write(
            () -> {
              var update = drive.files().update(id.value(), new File().setName(name));
              if (!from.equals(parent)) {
                update.setAddParents(parent.value()).setRemoveParents(from.value());
              }
              return update.setFields(DriveObjects.FIELDS).execute();
            }));
  }

  @Override
  public void trash(List<RemoteId> ids) {
    var failures =
        batch.write(
            ids,
            id -> drive.files().update(id.value(), new File().setTrashed(true)),
            Refusal::isAbsence);
    failures.values().stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  @Override
  public RemoteObject untrash(RemoteId id) {
    return object(
        calls.write(
            () ->
                drive
                    .files()
                    .update(id.value(), new File().setTrashed(false))
                    .setFields(DriveObjects.FIELDS)
                    .execute()));
  }

  @Override
  public Optional<RemoteObject> find(RemoteId id) {
    return get(id).flatMap(this::tryObject);
  }

  private Optional<File> get(RemoteId id) {
    return calls.ask(
        () -> drive.files().get(id.value()).setFields(DriveObjects.FIELDS).execute(),
        Refusal::isAbsence);
  }

  @Override
  public List<RemoteRevision> revisions(RemoteId id) {
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
                      .setFields("nextPageToken,revisions(" + DriveObjects.REVISION_FIELDS + ")")
                      .execute());
      list.getRevisions().forEach(each -> revisions.add(DriveObjects.revision(each)));
      page = Optional.ofNullable(list.getNextPageToken());
    } while (page.isPresent());
    return revisions;
  }

  @Override
  public InputStream read(RemoteId id, String version, long from) {
    return download(id, version, from)
        .or(
            () -> {
              // Drive hands out an old version only when it is marked to be kept.
              var keep = new Revision().setKeepForever(true);
              calls.write(() -> drive.revisions().update(id.value(), version, keep).execute());
              return download(id, version, from);
            })
        .orElseThrow(() -> new RemoteRejected("Google Drive does not hand out " + id + "."));
  }

  /** Nothing when Drive does not hand out this version. */
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

  @Override
  public String changeToken() {
    return calls
        .ask(() -> drive.changes().getStartPageToken().setFields("startPageToken").execute())
        .getStartPageToken();
  }

  @Override
  public RemoteChanges changesSince(String token) {
    var changes = new LinkedHashMap<RemoteId, RemoteChanges.Change>();
    var fields =
        "nextPageToken,newStartPageToken,changes(fileId,removed,file(" + DriveObjects.FIELDS + "))";
    for (var page = token; ; ) {
      var from = page;
      var list =
          calls.ask(() -> drive.changes().list(from).setPageSize(PAGE).setFields(fields).execute());
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
        Optional.ofNullable(change.getFile()).flatMap(this::tryObject));
  }

  @Override
  public void everythingTagged(String key, String value, Consumer<RemoteObject> consumer) {
    lag.await();
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
                      .setFields("nextPageToken,files(" + DriveObjects.FIELDS + ")")
                      .execute());
      list.getFiles().forEach(file -> tryObject(file).ifPresent(consumer));
      // An empty page says nothing: only a missing token is the end.
      page = Optional.ofNullable(list.getNextPageToken());
    } while (page.isPresent());
  }

  @Override
  public RemoteUsage usage() {
    var quota =
        calls
            .ask(() -> drive.about().get().setFields("storageQuota(limit,usage)").execute())
            .getStorageQuota();
    return new RemoteUsage(
        quota.getUsage(),
        quota.getLimit() == null ? OptionalLong.empty() : OptionalLong.of(quota.getLimit()));
  }

  /** Connections are shared by all accounts and stay open. */
  @Override
  public void close() {}

  private Optional<RemoteObject> tryObject(File file) {
    return DriveObjects.object(file, this::top);
  }

  private RemoteObject object(File file) {
    return tryObject(file)
        .orElseThrow(() -> new RemoteRejected(file.getId() + " is no plain file in Google Drive."));
  }

  private static RemoteRejected absent(RemoteId id) {
    return new RemoteRejected("There is no " + id + " in this Google Drive.");
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("'", "\\'");
  }
}
