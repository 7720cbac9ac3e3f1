package org.homeport.bridge.run;

/** Hears of runs, on their threads; returns at once and never throws. */
public interface RunListener {
  RunListener NOBODY = new RunListener() {};

  default void began(Run run) {}

  default void ended(Run run) {}
}
