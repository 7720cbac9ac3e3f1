package org.homeport.bridge.night;

import java.time.Instant;

/** Hears of nights; returns at once and never throws. */
public interface NightListener {

  default void nightBegan(Instant begun) {}

  default void nightEnded(Night night) {}
}
