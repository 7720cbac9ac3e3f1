package org.homeport.spawn.seed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.hash.Sha256;

/** The content of a seed: path → entry, every folder before what is in it. */
public final class SeedManifest {
  public static final SeedManifest EMPTY = new SeedManifest(Map.of());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SortedMap<RawPath, SeedEntry> entries;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SeedManifest(Map<RawPath, SeedEntry> entries) {
    this.entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  @JsonValue
  public SortedMap<RawPath, SeedEntry> entries() {
    return entries;
  }

  public Optional<SeedEntry> at(RawPath path) {
    return Optional.ofNullable(entries.get(path));
  }

  /** The one text of this manifest, so that ledgers may compare and digest it. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A manifest always has a JSON form", e);
    }
  }

  public static SeedManifest fromJson(String json) {
    try {
      return JSON.readValue(json, SeedManifest.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a seed manifest: " + e.getOriginalMessage(), e);
    }
  }

  /** Equal manifests, and only those, have equal digests. */
  public String digest() {
    return Sha256.hex(toJson());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeedManifest manifest && entries.equals(manifest.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
