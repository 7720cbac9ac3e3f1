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
  private final FolderPlaces places;
  private final FolderCatalog catalog;
  private final FolderTree tree;
  private final FolderWriter writer;
  private boolean recovered;

  /** A piece of work on the disk. */
  interface Work<T> {
    T run() throws IOException;
  }

  FolderStore(FolderPlaces places, Clock clock) {
    this.places = places;
    this.catalog = new FolderCatalog(places.catalog());
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
          catalog.follow();
          return work.run();
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
