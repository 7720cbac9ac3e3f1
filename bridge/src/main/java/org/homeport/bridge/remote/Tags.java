package org.homeport.bridge.remote;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The limits of the tags that an object at the remote carries, which are Google Drive's. */
final class Tags {
  private static final int MAX_COUNT = 30;

  private Tags() {}

  static Map<String, String> checked(Map<String, String> tags) {
    if (tags.size() > MAX_COUNT) {
      throw new IllegalArgumentException("More than " + MAX_COUNT + " tags: " + tags.keySet());
    }
    tags.forEach(Tags::check);
    return Map.copyOf(tags);
  }

  private static void check(String key, String value) {
    if ((key + value).getBytes(StandardCharsets.UTF_8).length > Remote.MAX_TAG_BYTES) {
      throw new IllegalArgumentException(
          "The tag '" + key + "' and its value have over " + Remote.MAX_TAG_BYTES + " bytes.");
    }
  }
}
