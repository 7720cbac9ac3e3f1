package org.homeport.bridge.engine;

/** An ability that not every engine has. Callers ask for one of these, never for a type. */
public enum Capability {
  /** This host has an address on the network, at which servers reach the hub. */
  HOST_ADDRESS,

  /** Folders of this host can be mounted. */
  HOST_FOLDERS,

  /** A read-only mount makes everything that is mounted below its source read-only as well. */
  RECURSIVE_READ_ONLY
}
