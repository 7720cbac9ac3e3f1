package org.homeport.bridge.backup;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteObject;

/** Second copies of a home, which were made while nobody could know of the first. */
final class StrayHomes {
  private final Map<RemoteId, RemoteObject> objects;

  private StrayHomes(Map<RemoteId, RemoteObject> objects) {
    this.objects = objects;
  }

  /**
   * Of several folders that are the home, the one with the most in it is; takes the others out,
   * with all that lies in them.
   *
   * @return the folders that hold nothing else
   */
  static List<RemoteId> takeOutOf(Map<RemoteId, RemoteObject> objects) {
    return new StrayHomes(objects).takeOut();
  }

  private List<RemoteId> takeOut() {
    var sizes = sizes();
    if (sizes.size() < 2) {
      return List.of();
    }
    var largest =
        Comparator.<RemoteId>comparingInt(sizes::get).reversed().thenComparing(RemoteId::value);
    var homes = sizes.keySet().stream().sorted(largest).toList();
    var strays = homes.subList(1, homes.size());
    var kept = ancestors(homes.get(0));
    var tops = strays.stream().map(stray -> top(stray, kept)).distinct().toList();
    remove(Set.copyOf(strays), tops);
    return tops;
  }

  private Map<RemoteId, Integer> sizes() {
    var sizes = new HashMap<RemoteId, Integer>();
    objects.values().stream()
        .filter(object -> isOf(object, ObjectKind.HOME) && !object.trashed())
        .forEach(home -> sizes.put(home.id(), 0));
    if (sizes.size() < 2) {
      return sizes;
    }
    objects.values().stream()
        .filter(object -> isOf(object, ObjectKind.ENTRY) && !object.trashed())
        .flatMap(object -> home(object).stream())
        .forEach(home -> sizes.computeIfPresent(home, (id, size) -> size + 1));
    return sizes;
  }

  private void remove(Set<RemoteId> strays, Collection<RemoteId> tops) {
    var gone = new HashSet<>(tops);
    objects.values().stream()
        .filter(object -> home(object).filter(strays::contains).isPresent())
        .map(RemoteObject::id)
        .forEach(gone::add);
    gone.forEach(objects::remove);
  }

  /** The highest folder above a stray that is not above the home that is kept. */
  private RemoteId top(RemoteId stray, Set<RemoteId> kept) {
    var top = stray;
    for (var at : ancestors(stray)) {
      if (!kept.contains(at) && isOf(objects.get(at), ObjectKind.ROOT)) {
        top = at;
      }
    }
    return top;
  }

  /** The object itself and the folders above it, from below. */
  private Set<RemoteId> ancestors(RemoteId id) {
    var ancestors = new LinkedHashSet<RemoteId>();
    for (var at = objects.get(id); at != null; at = objects.get(at.parent())) {
      ancestors.add(at.id());
    }
    return ancestors;
  }

  private Optional<RemoteId> home(RemoteObject object) {
    return ancestors(object.id()).stream()
        .filter(id -> isOf(objects.get(id), ObjectKind.HOME))
        .findFirst();
  }

  private static boolean isOf(RemoteObject object, ObjectKind kind) {
    return ObjectKind.of(object).filter(kind::equals).isPresent();
  }
}
