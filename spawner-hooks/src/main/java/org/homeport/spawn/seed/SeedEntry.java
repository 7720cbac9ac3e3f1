package org.homeport.spawn.seed;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.homeport.spawn.files.RawText;

/** One entry of a seed. Owners are left out: everything belongs to the home's owner. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SeedEntry.File.class, name = "file"),
  @JsonSubTypes.Type(value = SeedEntry.Folder.class, name = "folder"),
  @JsonSubTypes.Type(value = SeedEntry.Link.class, name = "link")
})
public sealed interface SeedEntry {

  /** The time of the last change, in nanoseconds since 1970. */
  long mtime();

  /** Tells whether both have the same content, whatever their modes and times. */
  boolean sameContent(SeedEntry other);

  /** Tells whether only their times may differ: a file has the same mode too. */
  default boolean equalsButTime(SeedEntry other) {
    return sameContent(other);
  }

  /**
   * A regular file.
   *
   * @param mode the nine permission bits: setuid, setgid and sticky never leave an image
   * @param mtime nanoseconds since 1970
   * @param size bytes
   * @param sha256 of the content, in lower-case hex
   */
  record File(int mode, long mtime, long size, String sha256) implements SeedEntry {
    public File {
      mode &= 0777;
    }

    @Override
    public boolean sameContent(SeedEntry other) {
      return other instanceof File file && size == file.size && sha256.equals(file.sha256);
    }

    @Override
    public boolean equalsButTime(SeedEntry other) {
      return sameContent(other) && mode == ((File) other).mode;
    }
  }

  /**
   * A folder.
   *
   * @param mode the nine permission bits, the owner's always set: a folder that its owner cannot
   *     enter could never be seeded again
   * @param mtime nanoseconds since 1970
   */
  record Folder(int mode, long mtime) implements SeedEntry {
    public Folder {
      mode = mode & 0777 | 0700;
    }

    @Override
    public boolean sameContent(SeedEntry other) {
      return other instanceof Folder;
    }
  }

  /**
   * A symbolic link, never followed.
   *
   * @param target where it points, as {@link RawText}; any text, also absolute or dangling
   * @param mtime nanoseconds since 1970
   */
  record Link(String target, long mtime) implements SeedEntry {
    @Override
    public boolean sameContent(SeedEntry other) {
      return other instanceof Link link && target.equals(link.target);
    }
  }
}
