package org.homeport.bridge.backup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.Trees;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.FolderVisitor;
import org.homeport.spawn.files.RawPath;
import org.homeport.spawn.files.TreeWalk;
import org.homeport.spawn.refusal.SpawnRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the unfinished files that a restore left in a home when it was killed, as the owner. */
final class RestoreRemains {
  private static final Logger log = LoggerFactory.getLogger(RestoreRemains.class);
  private static final Pattern UNFINISHED =
      Pattern.compile("\\.homeport-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Trees trees;

  RestoreRemains(Trees trees) {
    this.trees = trees;
  }

  /** Does it as far as the home can be read; no restore of the tree may be under way. */
  void remove(TreeId id) {
    try {
      var owner = trees.of(id).owner();
      trees
          .homes()
          .read(
              owner,
              home -> {
                TreeWalk.through(home, new Visitor(home));
                return null;
              });
    } catch (IOException | SpawnRefused e) {
      log.warn("What a restore left in the home of {} may still be there.", id.user(), e);
    }
  }

  private static final class Visitor implements FolderVisitor {
    private final Directory folder;
    private final List<RawPath> unfinished = new ArrayList<>();

    Visitor(Directory folder) {
      this.folder = folder;
    }

    @Override
    public boolean look(RawPath name, Attributes found) {
      if (found.kind() == Attributes.Kind.FILE && UNFINISHED.matcher(name.text()).matches()) {
        unfinished.add(name);
      }
      return true;
    }

    @Override
    public void end() throws IOException {
      for (var name : unfinished) {
        folder.removeFile(name);
      }
    }

    @Override
    public void failed(RawPath name, FileSystemException why) {
      // what the owner cannot read, no restore has written to
    }

    @Override
    public void cutOff(FileSystemException why) {
      log.warn("A folder could not be looked through for what a restore left.", why);
    }

    @Override
    public FolderVisitor enter(RawPath name, Directory below) {
      return new Visitor(below);
    }
  }
}
