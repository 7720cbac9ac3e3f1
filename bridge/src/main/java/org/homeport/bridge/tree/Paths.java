package org.homeport.bridge.tree;

/** Joins and takes apart the paths below a home; the home itself is the empty one. */
public final class Paths {
  private Paths() {}

  public static String join(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  public static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Counts the folders above a path. */
  public static int depth(String path) {
    return (int) path.chars().filter(c -> c == '/').count();
  }

  /** Whether a path is the folder itself or lies in it. */
  public static boolean isWithin(String path, String folder) {
    return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
  }
}
