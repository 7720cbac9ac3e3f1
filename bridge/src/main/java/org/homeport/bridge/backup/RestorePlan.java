package org.homeport.bridge.backup;

import java.util.Collection;
import org.homeport.bridge.index.EntryCodec;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.Spill;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.RawPath;

/**
 * Chooses what a restore brings back, and where to. Knows no disk and no remote, and needs little
 * memory however much it is.
 */
final class RestorePlan implements AutoCloseable {
  private final String path;
  private final String into;
  private final Spill<IndexEntry> folders = new Spill<>(new EntryCodec());
  private final Spill<IndexEntry> files = new Spill<>(new EntryCodec());
  private final Spill<IndexEntry> links = new Spill<>(new EntryCodec());
  private boolean isEmpty = true;
  private long bytes;

  /**
   * @param path what is wanted; empty for everything
   * @param into the folder below the home; empty for the places that the files had
   */
  RestorePlan(String path, String into) {
    this.path = path;
    this.into = into;
  }

  /** Takes in something that was saved, what lies in a folder before the folder. */
  void add(IndexEntry saved) {
    var isWanted = Paths.isWithin(saved.path(), path);
    var isAbove = saved.kind() == Kind.FOLDER && Paths.isWithin(path, saved.path());
    if (!isWanted && !isAbove) {
      return;
    }
    isEmpty &= !isWanted;
    switch (saved.kind()) {
      case FOLDER -> folders.add(saved);
      case LINK -> links.add(saved);
      case FILE -> {
        files.add(saved);
        bytes += saved.stat().size();
      }
    }
  }

  /** The folders, each after what lies in it. */
  Collection<IndexEntry> folders() {
    return folders;
  }

  Collection<IndexEntry> files() {
    return files;
  }

  Collection<IndexEntry> links() {
    return links;
  }

  /** Whether there is nothing that was asked for, but perhaps folders on the way to it. */
  boolean isEmpty() {
    return isEmpty;
  }

  String into() {
    return into;
  }

  /** The size of all files. */
  long bytes() {
    return bytes;
  }

  /** Where an entry is brought back to, below the home. */
  RawPath target(IndexEntry entry) {
    return RawPath.ofText(into).resolve(new RawPath(entry.path()));
  }

  @Override
  public void close() {
    folders.close();
    files.close();
    links.close();
  }
}
