package org.homeport.bridge.remote.folder;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.homeport.bridge.remote.Batch;
import org.homeport.bridge.remote.Batch.Outcome;
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
import org.homeport.bridge.remote.RemoteUsage;

/**
 * A remote that is a folder on a disk or a network mount: plain files under their own names, and
 * beside them a catalog, earlier versions, and a trash.
 *
 * <p>A content is written beside and synced, then its line in the catalog decides, then it is
 * renamed to its place; what a crash left undone of the last step is done before the next write.
 */
final class FolderRemote implements Remote {
  private static final Set<RemoteFeature> FEATURES = Set.of(RemoteFeature.values());

  private final FolderPlaces places;
  private final FolderStore store;
  private final FolderTree tree;
  private final FolderWriter writer;

  FolderRemote(FolderPlaces places, Clock clock) {
    this.places = places;
    this.store = new FolderStore(places, clock);
    this.tree = store.tree();
    this.writer = store.writer();
  }

  @Override
  public Set<RemoteFeature> features() {
    return FEATURES;
  }

  @Override
  public RemoteId top() {
    return FolderTree.TOP;
  }

  @Override
  public List<RemoteId> reserveIds(int count) {
    return Stream.generate(() -> new RemoteId(UUID.randomUUID().toString().replace("-", "")))
        .limit(count)
        .toList();
  }

  @Override
  public void createFolders(List<NewFolder> folders) {
    store.writing(
        () -> {
          writer.makeFolders(folders);
          return null;
        });
  }

  @Override
  public RemoteObject create(NewFile file, Content content) {
    var batch = new FolderBatch(store, DiskSync.ofEach(places.incoming()));
    batch.create(file, content);
    return arrived(batch, file);
  }

  @Override
  public RemoteObject update(NewFile file, Content content) {
    var batch = new FolderBatch(store, DiskSync.ofEach(places.incoming()));
    batch.update(file, content);
    return arrived(batch, file);
  }

  private static RemoteObject arrived(Batch batch, NewFile file) {
    var outcome = batch.commit().get(file.id());
    if (outcome instanceof Outcome.Arrived arrived) {
      return arrived.object();
    }
    throw new RemoteRejected(((Outcome.Refused) outcome).why());
  }

  @Override
  public Batch batch() {
    return new FolderBatch(store, new DiskSync(places.incoming()));
  }

  @Override
  public RemoteObject move(RemoteId id, RemoteId parent, String name) {
    return store.writing(() -> tree.object(writer.move(id, parent, name)));
  }

  @Override
  public Map<RemoteId, RemoteFailure> trash(Collection<RemoteId> ids) {
    return store.writing(
        () -> {
          for (var id : ids) {
            if (tree.find(id).isPresent()) {
              writer.trashed(id, true);
            }
          }
          return Map.of();
        });
  }

  @Override
  public RemoteObject untrash(RemoteId id) {
    return store.writing(() -> tree.object(writer.trashed(id, false)));
  }

  @Override
  public Optional<RemoteObject> find(RemoteId id) {
    return store.reading(() -> tree.find(id).map(tree::object));
  }

  @Override
  public List<RemoteRevision> revisions(RemoteId id) {
    return store.reading(() -> tree.revisions(id));
  }

  @Override
  public InputStream read(RemoteId id, String version, long from) {
    return store.reading(
        () -> {
          var entry = tree.known(id);
          var current = version.equals(Long.toString(entry.content().number()));
          var path = current ? tree.path(entry) : places.version(id, Long.parseLong(version));
          try {
            return FolderFiles.open(path, from);
          } catch (NoSuchFileException e) {
            throw new RemoteRejected("The file is missing in the backup folder: " + path, e);
          }
        });
  }

  @Override
  public String changeToken() {
    return store.begin().toString();
  }

  @Override
  public void takeStock() {
    store.writing(
        () -> {
          writer.takeStock();
          return null;
        });
  }

  @Override
  public RemoteChanges changesSince(String token) {
    var mark = CatalogFile.Mark.of(token);
    if (store.isStillAt(mark)) {
      return new RemoteChanges(List.of(), token);
    }
    store.reading(
        () -> {
          checkIsTheSame(mark, store.catalog().mark());
          return null;
        });
    return store.writing(
        () -> {
          checkNothingIsMissing();
          return new RemoteChanges(
              tree.changedSince(mark.number()), store.catalog().mark().toString());
        });
  }

  private void checkIsTheSame(CatalogFile.Mark before, CatalogFile.Mark now) {
    var isSame = before.identity().equals(now.identity()) && now.position() >= before.position();
    if (!now.isOfACatalog() || before.isOfACatalog() && !isSame) {
      throw new RemoteRejected(
          "The folder "
              + places.folder()
              + " is not the one that was written to before. Mount its disk, or save everything to"
              + " the folder as it is now: homeport backup USER --begin-anew");
    }
  }

  private void checkNothingIsMissing() {
    var missing = tree.missingFolder();
    if (missing.isPresent()) {
      throw new RemoteRejected(
          "The folder "
              + missing.get()
              + " is missing. Put it back, or save again what is missing: homeport backup USER"
              + " --begin-anew");
    }
  }

  @Override
  public void everythingTagged(String key, String value, Consumer<RemoteObject> consumer) {
    store.reading(() -> tree.tagged(key, value)).forEach(consumer);
  }

  @Override
  public RemoteUsage usage() {
    return FolderStore.unlocked(
        () -> {
          var disk = Files.getFileStore(places.folder());
          var total = disk.getTotalSpace();
          return new RemoteUsage(total - disk.getUsableSpace(), OptionalLong.of(total));
        });
  }

  @Override
  public void close() {
    // Nothing is held open between two calls.
  }
}
