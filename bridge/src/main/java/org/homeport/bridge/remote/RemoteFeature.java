package org.homeport.bridge.remote;

/**
 * An ability that a remote may have beyond the least that every one has. Callers ask for the
 * ability, never for the type of the remote.
 */
public enum RemoteFeature {
  /**
   * An object is made under an id that was reserved before, so that a repeated call cannot make a
   * second one.
   */
  RESERVES_IDS,

  /** Earlier contents of a file stay readable. */
  KEEPS_REVISIONS,

  /** Removed objects can be taken back. */
  HAS_TRASH,

  /** An object keeps its id and revisions under another name or in another folder. */
  MOVES,

  /** {@link Remote#changesSince} knows what happened since a mark. */
  FEEDS_CHANGES,

  /** The feed also names an object when only a folder above it was put into the trash. */
  FEEDS_INHERITED_TRASH,

  /** Nobody but Homeport changes objects, so that a mark may be taken after its own changes. */
  EXCLUSIVE,

  /**
   * Files that arrive in one {@link Batch} become durable together, which is much cheaper than one
   * by one.
   */
  COMMITS_TOGETHER
}
