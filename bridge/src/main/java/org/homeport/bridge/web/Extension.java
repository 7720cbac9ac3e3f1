package org.homeport.bridge.web;

import io.javalin.config.JavalinConfig;

/** Something served beside the API, on the same address. */
@FunctionalInterface
public interface Extension {
  void addTo(JavalinConfig config);
}
