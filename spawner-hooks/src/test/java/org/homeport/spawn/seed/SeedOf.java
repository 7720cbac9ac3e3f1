package org.homeport.spawn.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.hash.Sha256;

/** Spells a seed in a test. */
public final class SeedOf {
  /** 2 January 2024, with nanoseconds. */
  public static final long MTIME = 1_704_153_600_123_456_789L;

  private final Map<RawPath, SeedEntry> entries = new TreeMap<>();
  private final Map<RawPath, byte[]> contents = new HashMap<>();

  public static SeedOf nothing() {
    return new SeedOf();
  }

  public SeedOf file(String path, String content) {
    return file(path, 0644, content);
  }

  public SeedOf file(String path, int mode, String content) {
    return file(RawPath.of(path), mode, content.getBytes(UTF_8));
  }

  public SeedOf file(RawPath path, int mode, byte[] content) {
    contents.put(path, content);
    return put(path, entry(mode, content));
  }

  public SeedOf folder(String path) {
    return folder(path, 0755);
  }

  public SeedOf folder(String path, int mode) {
    return put(RawPath.of(path), new SeedEntry.Folder(mode, MTIME));
  }

  public SeedOf link(String path, String target) {
    return put(RawPath.of(path), new SeedEntry.Link(target, MTIME));
  }

  public Seed seed() {
    return new Seed(
        new SeedManifest(entries),
        (path, position, into) -> {
          var length = into.remaining();
          into.put(contents.get(path), (int) position, length);
          return length;
        });
  }

  public SeedManifest manifest() {
    return seed().manifest();
  }

  public static SeedEntry.File entry(int mode, byte[] content) {
    var digest = Sha256.begin();
    digest.update(content);
    return new SeedEntry.File(mode, MTIME, content.length, Sha256.hex(digest));
  }

  private SeedOf put(RawPath path, SeedEntry entry) {
    entries.put(path, entry);
    return this;
  }
}
