package org.homeport.bridge.backup;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.tree.Paths;

/**
 * What a restore brings back, and where to. Knows no disk and no far end.
 *
 * @param into the folder below the home; empty for the places that the files had
 * @param folders each before what lies in it
 */
record RestorePlan(
    String into, List<IndexEntry> folders, List<IndexEntry> files, List<IndexEntry> links) {

  /**
   * @param saved what the home was
   * @param path what of it is wanted; empty for everything
   */
  static RestorePlan of(List<IndexEntry> saved, String path, String into) {
    var wanted =
        saved.stream()
            .filter(entry -> Paths.isWithin(entry.path(), path) || isAbove(entry, path))
            .sorted(Comparator.comparing(IndexEntry::path))
            .toList();
    return new RestorePlan(
        into, of(wanted, Kind.FOLDER), of(wanted, Kind.FILE), of(wanted, Kind.LINK));
  }

  /** Whether there is anything that was asked for, and not just folders on the way to it. */
  boolean isEmpty(String path) {
    return files.isEmpty()
        && links.isEmpty()
        && folders.stream().noneMatch(entry -> Paths.isWithin(entry.path(), path));
  }

  long bytes() {
    return files.stream().mapToLong(entry -> entry.stat().size()).sum();
  }

  /** Where an entry is brought back to, below the home. */
  String target(IndexEntry entry) {
    return into.isEmpty() ? entry.path() : into + "/" + entry.path();
  }

  List<IndexEntry> all() {
    return Stream.of(folders, files, links).flatMap(List::stream).toList();
  }

  private static boolean isAbove(IndexEntry entry, String path) {
    return entry.kind() == Kind.FOLDER && Paths.isWithin(path, entry.path());
  }

  private static List<IndexEntry> of(List<IndexEntry> entries, Kind kind) {
    return entries.stream().filter(entry -> entry.kind() == kind).toList();
  }
}
