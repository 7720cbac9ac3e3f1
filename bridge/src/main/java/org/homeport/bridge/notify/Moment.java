package org.homeport.bridge.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import org.homeport.spawn.text.Spelling;

/** When somebody is told of a backup. */
public enum Moment {
  START,
  SUCCESS,
  FAILURE;

  @JsonValue
  @Override
  public String toString() {
    return Spelling.of(this);
  }
}
