package org.homeport.spawn.seed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.homeport.spawn.files.DerivedName;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.hash.Sha256;

/**
 * Decides what of an image's seed goes into an environment folder that may hold an older one and
 * the user's work: three-way, by content, and never at the cost of what the user made.
 *
 * <p>Pure: it asks about the folder, and only where the answer matters.
 */
public final class SeedMerge {
  private static final SeedEntry.Folder FOLDER = new SeedEntry.Folder(0700, 0);

  /** A file as a power cut leaves it when its name was on the disk and its content was not. */
  private static final SeedEntry.File TORN = new SeedEntry.File(0, 0, 0, Sha256.hex(""));

  /** The environment folder, as it is. A path through a link or a file is a path to nothing. */
  public interface Folder {
    /** Tells whether anything is there, be it a fifo. */
    boolean has(RawPath path);

    /**
     * Tells whether nobody can know what is there, as its owner closed the folder that it is in.
     */
    boolean isClosed(RawPath path);

    /** Tells whether what is there has the same content, whatever its mode and times. */
    boolean holds(RawPath path, SeedEntry entry);
  }

  /**
   * One step of a merge.
   *
   * @param path of the entry in the seed
   * @param target where it goes in the folder
   * @param replaces whether something that counts as untouched is there and goes
   */
  public record Step(RawPath path, RawPath target, SeedEntry entry, boolean replaces) {}

  /**
   * The decision of a merge.
   *
   * @param steps in an order that makes every folder before what goes into it
   * @param left the entries of the seed that cannot be brought in, each with the path in the folder
   *     that is in the way
   */
  public record Plan(List<Step> steps, SortedMap<RawPath, RawPath> left) {
    public Plan {
      steps = List.copyOf(steps);
      left = Collections.unmodifiableSortedMap(new TreeMap<>(left));
    }

    /** The paths in the folder that are in the way. */
    public SortedSet<RawPath> inTheWay() {
      return new TreeSet<>(left.values());
    }
  }

  private final List<SeedManifest> seeded = new ArrayList<>();
  private final SeedManifest last;
  private final boolean unfinished;
  private final SeedManifest seed;
  private final Folder folder;
  private final String tag;
  private final List<Step> steps = new ArrayList<>();
  private final SortedMap<RawPath, RawPath> left = new TreeMap<>();
  private final Map<RawPath, RawPath> targets = new HashMap<>();
  private final Map<RawPath, Boolean> folders = new HashMap<>();

  private SeedMerge(SeedLedger.History history, SeedManifest seed, Folder folder, String tag) {
    this.last = history.last();
    this.unfinished = !history.unfinished().isEmpty();
    this.seeded.add(last);
    this.seeded.addAll(history.unfinished());
    this.seed = seed;
    this.folder = folder;
    this.tag = tag;
  }

  /**
   * Decides what to do.
   *
   * @param tag tells the image's files from the user's where both changed: {@code name.new-<tag>}
   */
  public static Plan plan(
      SeedLedger.History history, SeedManifest seed, Folder folder, String tag) {
    var merge = new SeedMerge(history, seed, folder, tag);
    seed.entries().forEach(merge::decide);
    return new Plan(merge.steps, merge.left);
  }

  /**
   * The manifest that counts as seeded after a plan was carried out. What an image no longer has
   * stays in the folder, and stays known: if it comes back, the user's copy of it is not a
   * stranger. What the plan left counts as it did before.
   */
  public static SeedManifest seededBy(
      SeedLedger.History history, SeedManifest seed, Plan carriedOut) {
    var all = new HashMap<>(history.last().entries());
    seed.entries()
        .forEach(
            (path, entry) -> {
              if (!carriedOut.left().containsKey(path)) {
                all.put(path, entry);
              }
            });
    return new SeedManifest(all);
  }

  private void decide(RawPath path, SeedEntry image) {
    var target = targetOf(path);
    if (isSeededAlready(path, image)) {
      return; // whatever the user made of it since
    }
    if (folder.isClosed(target)) {
      left.put(path, target.parent());
    } else if (!folder.has(target)) {
      var deletedByUser = target.equals(path) && last.at(path).isPresent();
      if (!deletedByUser && isFolder(target.parent())) {
        add(path, target, image, false);
      }
    } else if (folder.holds(target, image) && !isOnlyTheModeNew(path, image)) {
      return;
    } else if (isUntouched(path, target, image)) {
      add(path, target, image, true);
    } else if (last.at(path).isPresent()) {
      putBeside(path, target, image);
    } // else it is the user's own, and in the way
  }

  private boolean isSeededAlready(RawPath path, SeedEntry image) {
    return seeded.stream()
        .allMatch(known -> known.at(path).filter(image::equalsButTime).isPresent());
  }

  private boolean isOnlyTheModeNew(RawPath path, SeedEntry image) {
    return last.at(path).filter(e -> e.sameContent(image) && !e.equalsButTime(image)).isPresent();
  }

  /** Tells whether only Homeport wrote it. A folder never counts: anything may be in it. */
  private boolean isUntouched(RawPath path, RawPath target, SeedEntry image) {
    if (folder.holds(target, FOLDER)) {
      return false;
    }
    var torn = unfinished && image instanceof SeedEntry.File && folder.holds(target, TORN);
    return torn
        || seeded.stream()
            .flatMap(known -> known.at(path).stream())
            .anyMatch(entry -> folder.holds(target, entry));
  }

  private void putBeside(RawPath path, RawPath target, SeedEntry image) {
    var places = DerivedName.beside(target.name(), ".new-" + tag).map(target.parent()::resolve);
    var free = places.filter(place -> isFree(path, place, image)).findFirst();
    if (free.isEmpty()) {
      left.put(path, target);
      return;
    }
    var place = free.get();
    if (!folder.has(place) || !folder.holds(place, image)) {
      add(path, place, image, folder.has(place));
    }
    targets.put(path, place);
  }

  /** Tells whether the place has nothing of the user's. */
  private boolean isFree(RawPath path, RawPath place, SeedEntry image) {
    return !folder.has(place) || folder.holds(place, image) || isUntouched(path, place, image);
  }

  private void add(RawPath path, RawPath target, SeedEntry entry, boolean replaces) {
    steps.add(new Step(path, target, entry, replaces));
    if (entry instanceof SeedEntry.Folder) {
      folders.put(target, true);
    }
  }

  /** The place of an entry: beside its own if a folder above it went beside its own. */
  private RawPath targetOf(RawPath path) {
    var moved = targets.get(path.parent());
    if (moved == null) {
      return path;
    }
    var target = moved.resolve(path.name());
    targets.put(path, target);
    return target;
  }

  private boolean isFolder(RawPath path) {
    if (path.isTop()) {
      return true;
    }
    var known = folders.get(path);
    if (known == null) {
      known = isFolder(path.parent()) && folder.holds(path, FOLDER);
      folders.put(path, known);
    }
    return known;
  }
}
