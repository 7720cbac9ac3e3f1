package org.homeport.bridge.web;

import java.util.Optional;

/** A request that is declined, with the status that says so. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String remedy;
  private final String field;

  public Refused(int status, String code, String message, String remedy) {
    this(status, code, message, remedy, null);
  }

  /** With the field of the request that is to blame, or null. */
  public Refused(int status, String code, String message, String remedy, String field) {
    super(message);
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.field = field;
  }

  /** Refuses something that the caller may not see or do. */
  public static Refused forbidden(String message, String remedy) {
    return new Refused(403, "forbidden", message, remedy);
  }

  public static Refused notFound(String what, String which) {
    return new Refused(
        404, "not-found", "There is no " + what + " '" + which + "'.", "Check the address.");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String remedy() {
    return remedy;
  }

  Optional<String> field() {
    return Optional.ofNullable(field);
  }
}
