package org.homeport.bridge.index;

import java.util.Objects;
import java.util.Optional;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.tree.Paths;

/**
 * The memory of a file, folder or link of a home: how it was when it was last saved, and under
 * which id the remote has it.
 *
 * @param id none for a link, which only the manifest holds
 * @param stat how the home had it then
 * @param content what the remote has confirmed; empty until it has, and for folders
 * @param firstRun the run that found it as it is
 */
public record IndexEntry(
    String folder,
    String name,
    Kind kind,
    State state,
    Optional<RemoteId> id,
    Stat stat,
    int mode,
    Optional<Saved> content,
    Optional<String> target,
    long firstRun) {

  public enum Kind {
    FILE,
    FOLDER,
    LINK
  }

  /** Whether the remote is known to have it as stated here; when pending, look before acting. */
  public enum State {
    PENDING,
    DONE
  }

  /**
   * The change key. Nobody can set the ctime, so a change shows even where size and mtime do not.
   */
  public record Stat(long size, long mtime, long ctime, long inode) {
    public static final Stat UNKNOWN = new Stat(0, 0, 0, 0);
  }

  /** The attributes of an entry when it was last saved. */
  public record Glimpse(
      String name, Kind kind, State state, Stat stat, int mode, Optional<String> target) {}

  /** A content that the remote has, and the version it has there. */
  public record Saved(Md5 md5, String version) {
    public Saved {
      Objects.requireNonNull(md5);
      Objects.requireNonNull(version);
    }
  }

  public IndexEntry {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(name);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(state);
    Objects.requireNonNull(stat);
    if (id.isEmpty() != (kind == Kind.LINK) || target.isEmpty() == (kind == Kind.LINK)) {
      throw new IllegalArgumentException("A link has a target, all else an id: " + folder + name);
    }
  }

  /** A file that gets this id at the remote, which has nothing of it yet. */
  public static IndexEntry unsaved(String path, RemoteId id, int mode, long run) {
    return new IndexEntry(
        Paths.folder(path),
        Paths.name(path),
        Kind.FILE,
        State.PENDING,
        Optional.of(id),
        Stat.UNKNOWN,
        mode,
        Optional.empty(),
        Optional.empty(),
        run);
  }

  /** A file that the remote has. */
  public static IndexEntry file(
      String path, RemoteId id, Stat stat, int mode, Saved content, long run) {
    return unsaved(path, id, mode, run).saved(content, stat, mode, run);
  }

  /** A folder that the remote has. */
  public static IndexEntry folder(String path, RemoteId id, Stat stat, int mode, long run) {
    return new IndexEntry(
        Paths.folder(path),
        Paths.name(path),
        Kind.FOLDER,
        State.DONE,
        Optional.of(id),
        stat,
        mode,
        Optional.empty(),
        Optional.empty(),
        run);
  }

  /** A link, which only the manifest holds. */
  public static IndexEntry link(String path, Stat stat, int mode, String target, long run) {
    return new IndexEntry(
        Paths.folder(path),
        Paths.name(path),
        Kind.LINK,
        State.DONE,
        Optional.empty(),
        stat,
        mode,
        Optional.empty(),
        Optional.of(target),
        run);
  }

  public Glimpse glimpse() {
    return new Glimpse(name, kind, state, stat, mode, target);
  }

  public String path() {
    return Paths.join(folder, name);
  }

  public IndexEntry in(State other) {
    return new IndexEntry(folder, name, kind, other, id, stat, mode, content, target, firstRun);
  }

  /** The same under another path since a run. */
  IndexEntry at(String otherFolder, String otherName, long run) {
    return new IndexEntry(
        otherFolder, otherName, kind, state, id, stat, mode, content, target, run);
  }

  public IndexEntry withId(RemoteId other) {
    return new IndexEntry(
        folder, name, kind, state, Optional.of(other), stat, mode, content, target, firstRun);
  }

  /** The file as it was in the home when the remote confirmed its content. */
  public IndexEntry saved(Saved confirmed, Stat then, int thenMode, long run) {
    return new IndexEntry(
        folder, name, kind, State.DONE, id, then, thenMode, Optional.of(confirmed), target, run);
  }

  public IndexEntry saved(Saved other) {
    return new IndexEntry(
        folder, name, kind, state, id, stat, mode, Optional.of(other), target, firstRun);
  }
}
