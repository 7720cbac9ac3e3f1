package org.homeport.bridge.web;

import java.util.List;

/** A list as the API answers it; an object, so that it can grow fields. */
public record Items<T>(List<T> items) {
  public Items {
    items = List.copyOf(items);
  }
}
