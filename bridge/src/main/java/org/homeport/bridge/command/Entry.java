package org.homeport.bridge.command;

/** The way of a command to the running bridge. */
public interface Entry {

  /** Returns the client of the running bridge, with the rights of root on this machine. */
  ApiClient bridge();
}
