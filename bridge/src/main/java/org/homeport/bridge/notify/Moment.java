package org.homeport.bridge.notify;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** When somebody is told of a backup. */
public enum Moment {
  START,
  SUCCESS,
  FAILURE;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
