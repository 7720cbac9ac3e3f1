package org.homeport.bridge.web;

import io.javalin.config.JavalinConfig;

/** What is served besides the API, on the same address. */
@FunctionalInterface
public interface Extension {
  void addTo(JavalinConfig config);
}
