package org.homeport.bridge.remote.drive.fake;

/** On whose behalf a call is made: a client with a grant in an account. */
record Session(Tokens.Grant grant, Corpus corpus) {

  String account() {
    return grant.account();
  }

  String client() {
    return grant.client();
  }

  /** The client whose files are visible: its own under drive.file, all (empty) under drive. */
  String view() {
    return grant.seesAll() ? "" : grant.client();
  }

  Operation does(Kind kind, Operation.Deed deed) {
    return new Operation(kind, account(), deed);
  }
}
