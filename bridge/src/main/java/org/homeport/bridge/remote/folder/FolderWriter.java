package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.homeport.bridge.remote.Batch.Outcome;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.NewFile;
import org.homeport.bridge.remote.NewFolder;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteRejected;

/** Changes the folder of an account: the line in the catalog decides, then the files follow. */
final class FolderWriter {
  private static final Pattern RESERVED = Pattern.compile("[0-9a-f]{32}");

  private final FolderPlaces places;
  private final FolderCatalog catalog;
  private final FolderTree tree;
  private final Clock clock;

  /** A content that is in the folder, and not yet in the catalog. */
  record Arrival(NewFile file, long size, Md5 md5) {}

  FolderWriter(FolderPlaces places, FolderCatalog catalog, FolderTree tree, Clock clock) {
    this.places = places;
    this.catalog = catalog;
    this.tree = tree;
    this.clock = clock;
  }

  void makeFolders(List<NewFolder> folders) throws IOException {
    var made = new ArrayList<FolderEntry>();
    for (var folder : folders) {
      if (tree.find(folder.id()).isEmpty()) {
        var entry = FolderEntry.of(next() + made.size(), folder);
        check(Optional.empty(), entry);
        // Before its line: a folder that nobody knows of does no harm.
        FolderFiles.makeFolder(tree.path(entry));
        made.add(entry);
      }
    }
    catalog.append(made);
  }

  FolderEntry move(RemoteId id, RemoteId parent, String name) throws IOException {
    var entry = tree.known(id);
    if (tree.isWithin(parent, id)) {
      throw new RemoteRejected("The folder '" + entry.name() + "' cannot lie in itself.");
    }
    var there = entry.parent().equals(parent) && entry.name().equals(name);
    return there ? entry : change(entry.at(next(), parent, name));
  }

  FolderEntry trashed(RemoteId id, boolean trashed) throws IOException {
    var entry = tree.known(id);
    return entry.trashed() == trashed ? entry : change(entry.trashed(next(), trashed));
  }

  /**
   * Gives contents their lines, all at once, and then their places. Those that a disk may give one
   * place, since it sees no difference between A and a, follow one after the other.
   *
   * @param arrived durable already, names included
   */
  Map<RemoteId, Outcome> take(Collection<Arrival> arrived) throws IOException {
    var outcomes = new HashMap<RemoteId, Outcome>();
    var left = List.copyOf(arrived);
    while (!left.isEmpty()) {
      var later = new ArrayList<Arrival>();
      takeApart(left, later, outcomes);
      left = later;
    }
    return outcomes;
  }

  private void takeApart(
      List<Arrival> arrived, List<Arrival> later, Map<RemoteId, Outcome> outcomes)
      throws IOException {
    var places = new HashSet<String>();
    var taken = new ArrayList<FolderEntry>();
    for (var arrival : arrived) {
      try {
        var entry = entry(next() + taken.size(), arrival);
        check(tree.find(entry.id()), entry);
        if (places.add(folded(tree.path(entry)))) {
          taken.add(entry);
        } else {
          later.add(arrival);
        }
      } catch (RemoteRejected e) {
        outcomes.put(arrival.file().id(), new Outcome.Refused(e.getMessage()));
      }
    }
    catalog.append(taken);
    for (var entry : taken) {
      settle(entry);
      outcomes.put(entry.id(), new Outcome.Arrived(tree.object(entry)));
    }
  }

  private static String folded(Path path) {
    return Normalizer.normalize(path.toString(), Normalizer.Form.NFKC)
        .toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT);
  }

  /** Forgets the objects that are no longer on the disk. */
  void takeStock() throws IOException {
    var gone = new ArrayList<FolderEntry>();
    tree.missing().forEach(entry -> gone.add(entry.removed(next() + gone.size())));
    catalog.append(gone);
  }

  private FolderEntry change(FolderEntry after) throws IOException {
    var before = tree.find(after.id());
    check(before, after);
    var from = before.map(tree::path);
    catalog.append(List.of(after));
    if (from.isPresent()) {
      FolderFiles.rename(from.get(), tree.path(after));
    }
    return after;
  }

  /**
   * Refuses what has no place.
   *
   * @throws RemoteRejected when something else is in the way
   */
  void check(Optional<FolderEntry> before, FolderEntry after) {
    if (before.isEmpty() && !RESERVED.matcher(after.id().value()).matches()) {
      throw new RemoteRejected("This folder did not reserve the id " + after.id() + ".");
    }
    var target = tree.path(after);
    var moves = before.isEmpty() || !tree.path(before.get()).equals(target);
    var shared = after.isFolder() && before.isEmpty() && Files.isDirectory(target);
    if (moves && !shared && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new RemoteRejected("Something else is in the way: move " + target + " away.");
    }
  }

  /**
   * Gives the content that arrived its place, and the earlier one its own. Repeatable, and not
   * synced: whatever a disk forgets of it is done again, since the content is then still where it
   * arrived.
   */
  private void settle(FolderEntry file) throws IOException {
    var incoming = places.incoming(file.id(), file.content().md5());
    if (Files.exists(incoming)) {
      var place = tree.path(file);
      var versions = catalog.versions(file.id());
      if (versions.size() > 1) {
        var earlier = versions.get(versions.size() - 2);
        FolderFiles.place(place, places.version(file.id(), earlier.number()));
      }
      FolderFiles.place(incoming, place);
    }
  }

  /** Does what a crash left undone, and drops what it left half received. */
  void recover() throws IOException {
    if (catalog.last().isPresent()) {
      carryOut(catalog.last().get());
    }
    FolderFiles.makeFolder(places.incoming());
    try (var arrived = Files.newDirectoryStream(places.incoming())) {
      for (var file : arrived) {
        var entry = tree.find(FolderPlaces.idOfIncoming(file));
        if (entry.isPresent() && !entry.get().isFolder()) {
          settle(entry.get());
        }
        Files.deleteIfExists(file);
      }
    }
  }

  private void carryOut(FolderCatalog.Change last) throws IOException {
    if (last.after().removed()) {
      return;
    }
    if (last.before().isPresent()) {
      FolderFiles.rename(tree.path(last.before().get()), tree.path(last.after()));
    } else if (last.after().isFolder()) {
      FolderFiles.makeFolder(tree.path(last.after()));
    }
  }

  private FolderEntry entry(long number, Arrival arrival) {
    var version =
        new FolderEntry.Version(
            number, arrival.size(), arrival.md5(), arrival.file().modified(), clock.instant());
    return FolderEntry.of(arrival.file(), version, tree.find(arrival.file().id()));
  }

  private long next() {
    return catalog.number() + 1;
  }
}
