package org.homeport.bridge.engine;

import java.util.List;
import java.util.Optional;

/**
 * An image that the engine has.
 *
 * @param id the digest of its configuration, {@code sha256:…}: the same id is the same content
 * @param names the names it goes by, as the engine spells them
 * @param digest the digest in its registry; empty for an image that was made here
 * @param size bytes, unpacked
 * @param command what it runs when no command is given
 */
public record Image(
    String id, List<String> names, Optional<String> digest, long size, List<String> command) {
  public Image {
    names = List.copyOf(names);
    command = List.copyOf(command);
  }
}
