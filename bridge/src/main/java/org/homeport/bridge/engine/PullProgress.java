package org.homeport.bridge.engine;

/** Hears how a pull gets on. Must return at once and must not throw. */
@FunctionalInterface
public interface PullProgress {
  /**
   * @param done bytes fetched of the layers known so far
   * @param total bytes of these layers
   */
  void pulled(long done, long total);
}
