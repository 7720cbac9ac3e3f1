package org.homeport.bridge.remote.drive;

/** A text that opens something: it never shows in a log, an error or a debugger's line. */
public record Secret(String value) {
  public Secret {
    if (value.isBlank()) {
      throw new IllegalArgumentException("A secret is not empty.");
    }
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
