package org.homeport.spawn.home;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.FolderTree;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.hash.Sha256;
import org.homeport.spawn.seed.SeedEntry;
import org.homeport.spawn.seed.SeedMerge;

/**
 * Looks at an environment folder for the merge: at each path once, and into a file only if its size
 * leaves the question open.
 */
final class FolderLook implements SeedMerge.Folder {
  private static final int BUFFER = 256 * 1024;

  private static final String UNREADABLE = "";

  /** Stands for anything in a folder that the user closed to themselves. */
  private static final Attributes LOCKED =
      new Attributes(Attributes.Kind.OTHER, 0, 0, 0, 0, 0, 0, 0, 0);

  private final FolderTree tree;
  private final Map<RawPath, Optional<Attributes>> seen = new HashMap<>();
  private final Map<RawPath, String> hashes = new HashMap<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  FolderLook(FolderTree tree) {
    this.tree = tree;
  }

  @Override
  public boolean has(RawPath path) {
    return attributes(path).isPresent();
  }

  @Override
  public boolean isClosed(RawPath path) {
    return attributes(path).filter(LOCKED::equals).isPresent();
  }

  @Override
  public boolean holds(RawPath path, SeedEntry entry) {
    var found = attributes(path);
    if (found.isEmpty()) {
      return false;
    }
    return switch (found.get().kind()) {
      case FOLDER -> entry instanceof SeedEntry.Folder;
      case FILE ->
          entry instanceof SeedEntry.File file
              && file.size() == found.get().size()
              && file.sha256().equals(hash(path));
      case LINK -> entry instanceof SeedEntry.Link link && link.target().equals(linkTarget(path));
      case OTHER -> false;
    };
  }

  /** The attributes that the path had when it was first looked at. */
  Optional<Attributes> attributes(RawPath path) {
    return seen.computeIfAbsent(path, p -> quietly(() -> look(p)));
  }

  private Optional<Attributes> look(RawPath path) throws IOException {
    try {
      return tree.parentOf(path).attributes(path.name());
    } catch (NoSuchFileException | NotDirectoryException nothing) {
      return Optional.empty();
    } catch (AccessDeniedException locked) {
      return Optional.of(LOCKED);
    }
  }

  private String hash(RawPath path) {
    return hashes.computeIfAbsent(path, p -> quietly(() -> computeHash(p)));
  }

  private String computeHash(RawPath path) throws IOException {
    try (var file = tree.parentOf(path).read(path.name())) {
      var digest = Sha256.begin();
      while (file.read(buffer.clear()) >= 0) {
        digest.update(buffer.flip());
      }
      return Sha256.hex(digest);
    } catch (FileSystemException unreadable) {
      return UNREADABLE; // so it is not what was seeded
    }
  }

  private String linkTarget(RawPath path) {
    return quietly(() -> tree.parentOf(path).linkTarget(path.name()));
  }

  private interface Question<T> {
    T ask() throws IOException;
  }

  private static <T> T quietly(Question<T> question) {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
