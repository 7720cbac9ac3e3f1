package org.homeport.bridge.web;

import java.util.Optional;

/** Says how the exceptions of the features are answered. */
@FunctionalInterface
public interface Explanation {

  /** Returns the answer to a request that ended with this exception; empty for a fault of ours. */
  Optional<Refused> of(Exception e);
}
