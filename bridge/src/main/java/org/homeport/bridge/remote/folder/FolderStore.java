package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Clock;
import org.homeport.bridge.remote.RemoteFailure;
import org.homeport.bridge.remote.RemoteFull;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.bridge.remote.RemoteUnavailable;

/**
 * The folder of one account on the disk, for one thread at a time: each piece of work begins with
 * what the catalog says now, and the first that writes with what a crash left undone.
 */
final class FolderStore {
  private static final int FIRST = 8;

  private final FolderPlaces places;
  private final CatalogFile file;
  private final FolderCatalog catalog;
  private final FolderTree tree;
  private final FolderWriter writer;
  private boolean safe;
  private boolean recovered;

  /** A piece of work on the disk. */
  interface Work<T> {
    T run() throws IOException;
  }

  FolderStore(FolderPlaces places, Clock clock) {
    this.places = places;
    this.file = new CatalogFile(places.catalog());
    this.catalog = new FolderCatalog(file);
    this.tree = new FolderTree(places, catalog);
    this.writer = new FolderWriter(places, catalog, tree, clock);
  }

  FolderPlaces places() {
    return places;
  }

  /** Only to be used within {@link #reading} or {@link #writing}, like the next two. */
  FolderCatalog catalog() {
    return catalog;
  }

  FolderTree tree() {
    return tree;
  }

  FolderWriter writer() {
    return writer;
  }

  synchronized <T> T reading(Work<T> work) {
    return unlocked(
        () -> {
          checkSafe();
          catalog.follow();
          return work.run();
        });
  }

  private void checkSafe() throws IOException {
    if (!safe) {
      FolderGuard.check(places.folder());
      safe = true;
    }
  }

  /** Takes a mark of a catalog that exists: what is not there cannot be missed later. */
  CatalogFile.Mark begin() {
    return writing(
        () -> {
          file.begin();
          return catalog.mark();
        });
  }

  /**
   * Whether nothing changed since the mark, as far as the length of the catalog and the first
   * folders on the disk tell it.
   */
  synchronized boolean isStillAt(CatalogFile.Mark mark) {
    return unlocked(
        () -> {
          checkSafe();
          return file.isStillAt(mark) && tree.areThere(file.beginning(FIRST));
        });
  }

  synchronized <T> T writing(Work<T> work) {
    return reading(
        () -> {
          if (!recovered) {
            writer.recover();
            recovered = true;
          }
          return work.run();
        });
  }

  /** Work that may go on beside other work, such as the arrival of contents. */
  static <T> T unlocked(Work<T> work) {
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
