package org.homeport.bridge.server;

/** Tells those who wait for their start how many are before them. */
final class PlaceInLine {
  private static final int FAR_BACK = 15;

  private PlaceInLine() {}

  /** Rounds to tens far back, or everybody would be told of each step of everybody. */
  static String sentence(int before) {
    var place =
        switch (before) {
          case 0 -> "your turn is next";
          case 1 -> "1 person before you";
          default ->
              before < FAR_BACK
                  ? before + " people before you"
                  : "about " + Math.round(before / 10.0) * 10 + " people before you";
        };
    return "Many servers start at the moment: " + place + ".";
  }
}
