package org.homeport.bridge.remote.drive.fake;

/** The calls that the fake Drive tells apart when it counts, limits, delays or fails them. */
public enum Kind {
  ABOUT,
  GENERATE_IDS,
  CREATE,
  UPDATE,
  DELETE,
  GET,
  LIST,
  DOWNLOAD,
  SESSION_START,
  SESSION_CHUNK,
  SESSION_STATUS,
  CHANGES,
  REVISIONS,
  CONSENT,
  TOKEN,
  REVOKE;

  /** Tells whether the call falls under the limit of sustained writes to one account. */
  boolean isWrite() {
    return this == CREATE || this == UPDATE || this == DELETE || this == SESSION_START;
  }

  /** Tells whether the call is a query of the Drive API, which the project's quota counts. */
  boolean isQuery() {
    return this != CONSENT && this != TOKEN && this != REVOKE;
  }
}
