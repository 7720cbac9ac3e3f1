package org.homeport.bridge.remote;

import com.fasterxml.jackson.annotation.JsonValue;

/** The name by which a {@link Remote} knows an object permanently. */
public record RemoteId(String value) {
  public RemoteId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("The id of a remote object is not empty.");
    }
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
