package org.homeport.bridge.web;

import java.util.Objects;

/** A request that says something impossible, with the name of the field that does. */
public final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final String remedy;

  public BadRequest(String field, String message, String remedy) {
    super(message);
    this.field = Objects.requireNonNull(field);
    this.remedy = Objects.requireNonNull(remedy);
  }

  /** As a path from the request's root: {@code limits.cpus}, {@code command[1]}. */
  public String field() {
    return field;
  }

  public String remedy() {
    return remedy;
  }
}
