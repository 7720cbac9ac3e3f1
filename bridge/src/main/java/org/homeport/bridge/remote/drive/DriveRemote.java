package org.homeport.bridge.remote.drive;

import com.google.api.services.drive.Drive;
import com.google.api.services.drive.model.File;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteChanges;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteFeature;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteRevision;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.remote.RemoteUsage;
import org.homeport.spawn.identity.HubUser;

/**
 * The Google Drive of one user, seen through {@code drive.file}: only what Homeport made.
 *
 * <p>Everything is made under an id that was reserved, so a call that is made again after a doubt
 * ends in the one object: Drive answers that the id is taken, and the id shows what it holds. That
 * answer is never out of date, unlike a search by name.
 */
final class DriveRemote implements Remote {
  private static final int IDS_A_CALL = 1000;

  /** A few failures are bad luck, which more tries mend; many mean that Drive is away. */
  private static final int FEW = 10;

  private static final int FRUITLESS = 3;

  private static final Set<RemoteFeature> FEATURES =
      Set.of(
          RemoteFeature.RESERVES_IDS,
          RemoteFeature.KEEPS_REVISIONS,
          RemoteFeature.HAS_TRASH,
          RemoteFeature.MOVES,
          RemoteFeature.FEEDS_CHANGES);

  private final HubUser user;
  private final Drive drive;
  private final DriveCalls calls;
  private final DriveBatch batch;
  private final Uploader uploader;
  private final DriveTop top;
  private final DriveLists lists;
  private final DriveVersions versions;
  private final SearchLag lag;
  private final Queue<RemoteId> reserved = new ArrayDeque<>();

  DriveRemote(
      HubUser user, Drive drive, DriveCalls calls, Uploader uploader, DriveTop top, SearchLag lag) {
    this.user = user;
    this.drive = drive;
    this.calls = calls;
    this.batch = new DriveBatch(drive, calls);
    this.uploader = uploader;
    this.top = top;
    this.lists = new DriveLists(drive, calls, top);
    this.versions = new DriveVersions(drive, calls);
    this.lag = lag;
  }

  @Override
  public Set<RemoteFeature> features() {
    return FEATURES;
  }

  @Override
  public RemoteId top() {
    return top.id();
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
    try {
      createAll(folders);
    } finally {
      lag.wrote(user);
    }
  }

  private void createAll(List<NewFolder> folders) {
    var left = folders;
    for (var fruitless = 0; !left.isEmpty(); ) {
      var doubtful =
          batch.write(
              left, folder -> drive.files().create(DriveObjects.folder(folder)), Refusal::isTaken);
      fruitless = doubtful.size() == left.size() ? fruitless + 1 : 0;
      if (fruitless > (left.size() <= FEW ? FRUITLESS : 0)) {
        throw doubtful.values().iterator().next();
      }
      left = List.copyOf(doubtful.keySet());
    }
  }

  @Override
  public RemoteObject create(NewFile file, Content content) {
    try {
      return uploader
          .create(file, content)
          .map(made -> verified(made, content))
          .orElseGet(() -> update(file, content));
    } finally {
      lag.wrote(user);
    }
  }

  @Override
  public RemoteObject update(NewFile file, Content content) {
    var there = get(file.id()).orElseThrow(() -> absent(file.id()));
    if (content.md5().hex().equals(there.getMd5Checksum())) {
      return object(there);
    }
    if (!DriveObjects.isOwn(there)) {
      // Somebody else put it there.
      versions.keep(file.id(), there.getHeadRevisionId());
    }
    return verified(uploader.update(file, content), content);
  }

  private RemoteObject verified(File file, Content content) {
    if (!content.md5().hex().equals(file.getMd5Checksum())) {
      throw new RemoteUnavailable("A file arrived damaged at Google Drive.", null);
    }
    return object(file);
  }

  @Override
  public RemoteObject move(RemoteId id, RemoteId parent, String name) {
    var there = get(id).orElseThrow(() -> absent(id));
    var from = DriveObjects.parent(there);
    if (from.filter(parent::equals).isPresent() && name.equals(there.getName())) {
      return object(there);
    }
    return object(
        calls.write(
            () -> {
              var update = drive.files().update(id.value(), new File().setName(name));
              if (from.filter(parent::equals).isEmpty()) {
                update.setAddParents(parent.value());
                // Drive does not name a folder that Homeport does not see, and needs it not named.
                from.ifPresent(folder -> update.setRemoveParents(folder.value()));
              }
              return update.setFields(DriveObjects.FIELDS).execute();
            }));
  }

  @Override
  public Map<RemoteId, RemoteFailure> trash(Collection<RemoteId> ids) {
    return batch.write(
        List.copyOf(ids),
        id -> drive.files().update(id.value(), new File().setTrashed(true)),
        Refusal::isAbsence);
  }

  @Override
  public RemoteObject untrash(RemoteId id) {
    var file =
        calls.write(
            () ->
                drive
                    .files()
                    .update(id.value(), new File().setTrashed(false))
                    .setFields(DriveObjects.FIELDS)
                    .execute());
    // A folder that Homeport does not see is in the trash, and this object with it.
    return Boolean.TRUE.equals(file.getTrashed()) && DriveObjects.parent(file).isEmpty()
        ? move(id, top.id(), file.getName())
        : object(file);
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
    return versions.list(id);
  }

  @Override
  public void keep(RemoteId id, String version) {
    versions.keep(id, version);
  }

  @Override
  public InputStream read(RemoteId id, String version, long from) {
    return versions.read(id, version, from);
  }

  @Override
  public String changeToken() {
    return lists.changeToken();
  }

  @Override
  public RemoteChanges changesSince(String token) {
    return lists.changesSince(token);
  }

  @Override
  public void everythingTagged(String key, String value, Consumer<RemoteObject> consumer) {
    lag.await(user);
    lists.everythingTagged(key, value, consumer);
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
    return DriveObjects.object(file, top::id);
  }

  private RemoteObject object(File file) {
    return tryObject(file)
        .orElseThrow(
            () -> new RemoteRejected(file.getId() + " is not a plain file in Google Drive."));
  }

  private static RemoteRejected absent(RemoteId id) {
    return new RemoteRejected("There is no " + id + " in this Google Drive.");
  }
}
