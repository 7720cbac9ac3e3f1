package org.homeport.bridge.web;

import java.util.List;

/** Endpoints that belong together; each feature brings its own. */
public interface Endpoints {

  /** Lists the routes. Each is described in {@code openapi.yaml} as well. */
  List<Route> routes();
}
