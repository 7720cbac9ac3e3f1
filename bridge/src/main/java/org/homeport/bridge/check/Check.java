package org.homeport.bridge.check;

/** One look of the doctor at something that a feature needs; each feature brings its own. */
@FunctionalInterface
public interface Check {

  /** Looks, changes nothing, and adds what it found. */
  void look(Findings findings);
}
