package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.Remote;
import org.homeport.bridge.remote.RemoteChanges;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteFeature;
import org.homeport.bridge.remote.RemoteFull;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;
import org.homeport.bridge.remote.RemoteObject.RemoteContent;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteRevision;
import org.homeport.bridge.remote.RemoteUnavailable;
import org.homeport.bridge.remote.RemoteUsage;

/**
 * A remote that is a folder on a disk or a network mount: plain files under their own names, and
 * beside them a catalog, earlier versions, and a trash.
 *
 * <p>A content is written beside and synced, then its line in the catalog decides, then it is
 * renamed to its place; what a crash left undone of the last step is done before the next write.
 * Disks sync slowly, so contents that arrive at the same time get their lines together.
 */
final class FolderRemote implements Remote {
  private static final RemoteId TOP = new RemoteId("top");
  private static final Pattern RESERVED = Pattern.compile("[0-9a-f]{32}");

  private static final Set<RemoteFeature> FEATURES =
      Set.of(
          RemoteFeature.RESERVES_IDS,
          RemoteFeature.KEEPS_REVISIONS,
          RemoteFeature.HAS_TRASH,
          RemoteFeature.MOVES,
          RemoteFeature.FEEDS_CHANGES);

  private final FolderPlaces places;
  private final Clock clock;
  private final FolderCatalog catalog;
  private final Together<Arrival, RemoteObject> arrivals = new Together<>(this::take);
  private boolean recovered;

  /** A content that is in the folder, and not yet in the catalog. */
  private record Arrival(NewFile file, Content content) {}

  FolderRemote(FolderPlaces places, Clock clock) {
    this.places = places;
    this.clock = clock;
    this.catalog = new FolderCatalog(places.catalog());
  }

  @Override
  public Set<RemoteFeature> features() {
    return FEATURES;
  }

  @Override
  public RemoteId top() {
    return TOP;
  }

  @Override
  public List<RemoteId> reserveIds(int count) {
    return Stream.generate(() -> new RemoteId(UUID.randomUUID().toString().replace("-", "")))
        .limit(count)
        .toList();
  }

  @Override
  public void createFolders(List<NewFolder> folders) {
    writing(
        () -> {
          var made = new ArrayList<FolderEntry>();
          for (var folder : folders) {
            if (catalog.find(folder.id()).isEmpty()) {
              var entry = entry(next() + made.size(), folder);
              check(Optional.empty(), entry);
              // Before its line: a folder of which nobody knows does no harm.
              FolderFiles.makeFolder(path(entry));
              made.add(entry);
            }
          }
          catalog.append(made);
          return null;
        });
  }

  @Override
  public RemoteObject create(NewFile file, Content content) {
    return put(file, content);
  }

  @Override
  public RemoteObject update(NewFile file, Content content) {
    reading(() -> known(file.id()));
    return put(file, content);
  }

  @Override
  public RemoteObject move(RemoteId id, RemoteId parent, String name) {
    return writing(
        () -> {
          var entry = known(id);
          if (above(parent).anyMatch(folder -> folder.id().equals(id))) {
            throw new RemoteRejected("The folder '" + entry.name() + "' cannot lie in itself.");
          }
          var there = entry.parent().equals(parent) && entry.name().equals(name);
          return object(there ? entry : change(entry.at(next(), parent, name)));
        });
  }

  @Override
  public Map<RemoteId, RemoteFailure> trash(Collection<RemoteId> ids) {
    return writing(
        () -> {
          for (var id : ids) {
            var entry = catalog.find(id).filter(found -> !found.trashed());
            if (entry.isPresent()) {
              change(entry.get().trashed(next(), true));
            }
          }
          return Map.of();
        });
  }

  @Override
  public RemoteObject untrash(RemoteId id) {
    return writing(
        () -> {
          var entry = known(id);
          return object(entry.trashed() ? change(entry.trashed(next(), false)) : entry);
        });
  }

  @Override
  public Optional<RemoteObject> find(RemoteId id) {
    return reading(() -> catalog.find(id).map(this::object));
  }

  @Override
  public List<RemoteRevision> revisions(RemoteId id) {
    return reading(() -> catalog.versions(id).stream().map(FolderRemote::revision).toList());
  }

  @Override
  public InputStream read(RemoteId id, String version, long from) {
    return reading(
        () -> {
          var entry = known(id);
          var current = version.equals(Long.toString(entry.content().number()));
          var path = current ? path(entry) : places.version(id, Long.parseLong(version));
          try {
            return FolderFiles.open(path, from);
          } catch (NoSuchFileException e) {
            throw new RemoteRejected("The file is missing in the backup folder: " + path, e);
          }
        });
  }

  @Override
  public String changeToken() {
    return reading(() -> catalog.mark().toString());
  }

  @Override
  public RemoteChanges changesSince(String token) {
    var mark = FolderCatalog.Mark.of(token);
    if (unlocked(() -> catalog.isStillAt(mark))) {
      return new RemoteChanges(List.of(), token);
    }
    return reading(
        () -> {
          if (mark.number() > 0 && !mark.identity().equals(catalog.mark().identity())) {
            throw new RemoteRejected(
                "The folder "
                    + places.folder()
                    + " is not the one that was written to before. Is its disk mounted?");
          }
          var changes =
              catalog.all().stream()
                  .filter(entry -> entry.number() > mark.number())
                  .map(e -> new RemoteChanges.Change(e.id(), Optional.of(object(e))))
                  .toList();
          return new RemoteChanges(changes, changeToken());
        });
  }

  @Override
  public void everythingTagged(String key, String value, Consumer<RemoteObject> consumer) {
    var tagged =
        reading(
            () ->
                catalog.all().stream()
                    .filter(entry -> value.equals(entry.tags().get(key)))
                    .map(this::object)
                    .toList());
    tagged.forEach(consumer);
  }

  @Override
  public RemoteUsage usage() {
    return reading(
        () -> {
          var store = Files.getFileStore(places.folder());
          var total = store.getTotalSpace();
          return new RemoteUsage(total - store.getUsableSpace(), OptionalLong.of(total));
        });
  }

  @Override
  public void close() {
    // Nothing is held open between two calls.
  }

  private RemoteObject put(NewFile file, Content content) {
    var held = writing(() -> catalog.find(file.id()).map(this::object));
    if (held.isPresent() && held.get().holds(content.md5())) {
      return held.get();
    }
    // Outside the lock: contents arrive side by side.
    var incoming = places.incoming(file.id(), content.md5());
    unlocked(
        () -> {
          FolderFiles.receive(content, file.modified(), incoming);
          return null;
        });
    return arrivals.serve(new Arrival(file, content));
  }

  /** Gives contents their lines, all at once, and then their places. */
  private void take(List<Together.Asked<Arrival, RemoteObject>> arrived) {
    writing(
        () -> {
          FolderFiles.sync(places.incoming());
          var taken = new ArrayList<FolderEntry>();
          var answers = new ArrayList<CompletableFuture<RemoteObject>>();
          for (var each : arrived) {
            var entry = entry(next() + taken.size(), each.item());
            try {
              check(catalog.find(entry.id()), entry);
              taken.add(entry);
              answers.add(each.answer());
            } catch (RemoteFailure e) {
              each.answer().completeExceptionally(e);
            }
          }
          catalog.append(taken);
          for (var i = 0; i < taken.size(); i++) {
            settle(taken.get(i));
            answers.get(i).complete(object(taken.get(i)));
          }
          return null;
        });
  }

  /** The line decides; then the files follow. */
  private FolderEntry change(FolderEntry after) throws IOException {
    var before = catalog.find(after.id());
    check(before, after);
    catalog.append(List.of(after));
    carryOut(before, after);
    return after;
  }

  private void check(Optional<FolderEntry> before, FolderEntry after) {
    if (before.isEmpty() && !RESERVED.matcher(after.id().value()).matches()) {
      throw new RemoteRejected("Not an id that this folder reserved: " + after.id());
    }
    var target = path(after);
    var moves = before.isEmpty() || !path(before.get()).equals(target);
    var shared = after.isFolder() && before.isEmpty() && Files.isDirectory(target);
    if (moves && !shared && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new RemoteRejected("Something else is in the way: move " + target + " away.");
    }
  }

  /** Makes the files agree with a change. Repeatable. */
  private void carryOut(Optional<FolderEntry> before, FolderEntry after) throws IOException {
    if (before.isPresent()) {
      FolderFiles.rename(path(before.get()), path(after));
    } else if (after.isFolder()) {
      FolderFiles.makeFolder(path(after));
    }
    if (!after.isFolder()) {
      settle(after);
    }
  }

  /**
   * Gives the content that arrived its place, and the earlier one its own. Repeatable, and not
   * synced: whatever a disk forgets of it is to be done again, since the content is then still
   * where it arrived.
   */
  private void settle(FolderEntry file) throws IOException {
    var incoming = places.incoming(file.id(), file.content().md5());
    if (Files.exists(incoming)) {
      var place = path(file);
      var versions = catalog.versions(file.id());
      if (versions.size() > 1) {
        var earlier = versions.get(versions.size() - 2);
        FolderFiles.place(place, places.version(file.id(), earlier.number()));
      }
      FolderFiles.place(incoming, place);
    }
  }

  /** Does what a crash left undone, and drops what it left half received. */
  private void recover() throws IOException {
    if (catalog.last().isPresent()) {
      var last = catalog.last().get();
      carryOut(last.before(), last.after());
    }
    FolderFiles.makeFolder(places.incoming());
    try (var arrived = Files.newDirectoryStream(places.incoming())) {
      for (var file : arrived) {
        var entry = catalog.find(FolderPlaces.idOfIncoming(file));
        if (entry.isPresent() && !entry.get().isFolder()) {
          settle(entry.get());
        }
        Files.deleteIfExists(file);
      }
    }
  }

  private static FolderEntry entry(long number, NewFolder folder) {
    return new FolderEntry(
        number, folder.id(), folder.parent(), folder.name(), null, false, folder.tags());
  }

  private FolderEntry entry(long number, Arrival arrival) {
    var file = arrival.file();
    var content = arrival.content();
    var version =
        new FolderEntry.Version(
            number, content.size(), content.md5(), file.modified(), clock.instant());
    var before = catalog.find(file.id());
    return new FolderEntry(
        number,
        file.id(),
        before.map(FolderEntry::parent).orElse(file.parent()),
        before.map(FolderEntry::name).orElse(file.name()),
        version,
        before.map(FolderEntry::trashed).orElse(false),
        file.tags());
  }

  private long next() {
    return catalog.number() + 1;
  }

  private FolderEntry known(RemoteId id) {
    return catalog
        .find(id)
        .orElseThrow(() -> new RemoteRejected("The backup folder knows no object " + id));
  }

  private Path path(FolderEntry entry) {
    if (entry.trashed()) {
      return places.trashed(entry.id());
    }
    return entry.parent().equals(TOP)
        ? places.top(entry.name())
        : FolderPlaces.child(path(known(entry.parent())), entry.name());
  }

  /** The folder of this id and all above it. */
  private Stream<FolderEntry> above(RemoteId folder) {
    return folder.equals(TOP)
        ? Stream.of()
        : Stream.iterate(
            known(folder),
            entry -> entry != null,
            entry -> entry.parent().equals(TOP) ? null : known(entry.parent()));
  }

  private RemoteObject object(FolderEntry entry) {
    var content =
        Optional.ofNullable(entry.content())
            .map(
                v -> new RemoteContent(Long.toString(v.number()), v.size(), v.md5(), v.modified()));
    var trashed = above(entry.id()).anyMatch(FolderEntry::trashed);
    return new RemoteObject(
        entry.id(), entry.parent(), entry.name(), content, trashed, entry.tags());
  }

  private static RemoteRevision revision(FolderEntry.Version version) {
    return new RemoteRevision(
        Long.toString(version.number()), version.savedAt(), version.size(), version.md5());
  }

  private interface Work<T> {
    T run() throws IOException;
  }

  private synchronized <T> T reading(Work<T> work) {
    return unlocked(
        () -> {
          catalog.follow();
          return work.run();
        });
  }

  private synchronized <T> T writing(Work<T> work) {
    return reading(
        () -> {
          if (!recovered) {
            recover();
            recovered = true;
          }
          return work.run();
        });
  }

  private static <T> T unlocked(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private static RemoteFailure failure(IOException e) {
    var message = "The backup folder: " + e.getMessage();
    if (message.contains("No space left on device") || message.contains("quota exceeded")) {
      return new RemoteFull(message, e);
    }
    return message.contains("File name too long") || e instanceof FileAlreadyExistsException
        ? new RemoteRejected(message, e)
        : new RemoteUnavailable(message, e);
  }
}
