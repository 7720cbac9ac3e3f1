package org.homeport.bridge.api;

import java.util.List;

/** A list as the API answers it; an object, so that it can grow fields. */
record Items<T>(List<T> items) {
  Items {
    items = List.copyOf(items);
  }
}
