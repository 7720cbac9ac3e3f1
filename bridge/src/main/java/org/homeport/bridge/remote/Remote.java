package org.homeport.bridge.remote;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The storage of one account at the remote: a tree of folders and files that keep their ids.
 *
 * <p>Ids come first: the caller reserves an id and remembers it durably before it creates anything,
 * so that any call may be repeated, after a crash too, and still ends in one object. A file's
 * content appears whole or not at all. All methods block, may be called by several threads at once,
 * and throw {@link RemoteUnavailable} when trying again may help, {@link RemoteRejected} when it
 * will not, {@link NeedsReconnect} when the account must be connected again, and {@link
 * RemoteFull}.
 *
 * <p>What a remote can do beyond that is stated by {@link #features}. An implementation joins
 * {@code RemoteContract} in the tests.
 */
public interface Remote extends AutoCloseable {
  /** The number of bytes that a key and its value may have together among the tags of an object. */
  int MAX_TAG_BYTES = 124;

  /** States what this remote can do; asks nothing of it. */
  Set<RemoteFeature> features();

  /** The folder in which everything lies; it always exists. */
  RemoteId top();

  /** Ids that nothing has and that no later call returns again; unused ones cost nothing. */
  List<RemoteId> reserveIds(int count);

  /**
   * Makes folders whose parents exist. Repeatable: a folder that exists already is left alone. When
   * it throws, some may have been made.
   */
  void createFolders(List<NewFolder> folders);

  /**
   * Makes a file. Repeatable: when the id exists with this content it is left alone, with another
   * content it is updated. An interrupted call that is made again with the same content, by another
   * process too, need not send again what had arrived.
   *
   * @throws ContentChanged when the content was not what it had announced; nothing was published
   */
  RemoteObject create(NewFile file, Content content);

  /**
   * Replaces the content of a file that exists, in the trash or not, and keeps the old content as a
   * revision. Repeatable: when the current content is this one already, it is left alone.
   *
   * @param file what the file is called and where it lies stays as it is; its time and tags are set
   * @throws ContentChanged when the content was not what it had announced; nothing was published
   */
  RemoteObject update(NewFile file, Content content);

  /** Begins to send files that are to become durable together. */
  default Batch batch() {
    return new DirectBatch(this);
  }

  /** Gives an object another folder or name; its id, content and revisions stay. Repeatable. */
  RemoteObject move(RemoteId id, RemoteId parent, String name);

  /**
   * Puts objects, and all that lies in them, into the trash. Repeatable; unknown ids pass.
   *
   * @return the objects that may not be in the trash now, and why; empty when all went well
   */
  Map<RemoteId, RemoteFailure> trash(Collection<RemoteId> ids);

  /** Takes one object back out of the trash. Repeatable. */
  RemoteObject untrash(RemoteId id);

  /**
   * The object as it is now, in the trash or not; never out of date. Empty when it does not exist:
   * never made, or removed permanently.
   */
  Optional<RemoteObject> find(RemoteId id);

  /** All versions of a file that can still be read, oldest first; the last one is current. */
  List<RemoteRevision> revisions(RemoteId id);

  /**
   * Keeps a version as long as its file, where the remote would forget it earlier. Repeatable; a
   * remote may have room for a number of them only.
   */
  default void keep(RemoteId id, String version) {}

  /**
   * The bytes of one version, from an offset on; also of a file in the trash. The stream throws
   * {@link java.io.IOException} when it breaks: the caller asks again from where it was.
   */
  InputStream read(RemoteId id, String version, long from);

  /** A mark of this moment, for {@link #changesSince}. It never expires. */
  String changeToken();

  /**
   * Looks at what is really there, and forgets what is not: for remotes that keep a catalog beside
   * the files. Repeatable; takes long for many files.
   */
  default void takeStock() {}

  /**
   * Lists everything made, changed, moved, trashed or removed since the mark, by anybody, Homeport
   * included.
   */
  RemoteChanges changesSince(String token);

  /** Hands over every object that carries the tag with this value, in the trash or not. */
  void everythingTagged(String key, String value, Consumer<RemoteObject> consumer);

  /** Asks for the usage of the storage. */
  RemoteUsage usage();

  @Override
  void close();
}
