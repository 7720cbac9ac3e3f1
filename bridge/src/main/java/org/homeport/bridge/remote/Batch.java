package org.homeport.bridge.remote;

import java.util.Map;

/**
 * Files that are sent side by side and become durable together. Its methods may be called by
 * several threads at once, and each may be called again after {@link RemoteUnavailable}.
 */
public interface Batch {

  /**
   * Sends a file that {@link Remote#create} would make. It need not be at the remote before {@link
   * #commit}.
   *
   * @throws RemoteRejected when this file cannot be saved there; others can
   * @throws ContentChanged when the content was not what it had announced; nothing is published
   */
  void create(NewFile file, Content content);

  /** Sends the content that {@link Remote#update} would give to a file; otherwise as create. */
  void update(NewFile file, Content content);

  /**
   * Makes all that was sent since the last commit durable.
   *
   * @return what became of each file
   */
  Map<RemoteId, Outcome> commit();

  /** The state of one file after a commit. */
  sealed interface Outcome {
    /** It is at the remote, durably. */
    record Arrived(RemoteObject object) implements Outcome {}

    /** The remote refuses this file. */
    record Refused(String why) implements Outcome {}
  }
}
