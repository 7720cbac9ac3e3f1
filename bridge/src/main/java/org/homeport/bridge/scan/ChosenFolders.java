package org.homeport.bridge.scan;

import java.util.List;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.RawPath;

/**
 * The part of each home that is backed up: all of it, or what lies in some folders. What of the
 * rest was saved before stays at the remote as it is.
 *
 * @param paths below the home, as RawText; none for all of it
 */
public record ChosenFolders(List<String> paths) {
  public static final ChosenFolders ALL = new ChosenFolders(List.of());

  public ChosenFolders {
    paths = List.copyOf(paths);
  }

  /** Reads a folder such as {@code courses/python}. */
  public static String folder(String text) {
    try {
      return RawPath.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text).text();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected a folder below the home", e);
    }
  }

  /** Whether the path is backed up, or leads to what is. */
  public boolean touch(String path, boolean isFolder) {
    return paths.isEmpty()
        || paths.stream()
            .anyMatch(
                chosen ->
                    Paths.isWithin(path, chosen) || (isFolder && Paths.isWithin(chosen, path)));
  }
}
