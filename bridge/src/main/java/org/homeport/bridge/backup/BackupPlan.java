package org.homeport.bridge.backup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.homeport.bridge.backup.FolderPlan.Count;
import org.homeport.bridge.index.EntryCodec;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.index.Spill;
import org.homeport.bridge.scan.ScannedEntry;
import org.homeport.spawn.files.Attributes;

/**
 * Everything that one backup has to do: the differences of all folders together. Needs little
 * memory however many there are.
 */
final class BackupPlan implements AutoCloseable {
  private final Spill<Step> folders = new Spill<>(new StepCodec());
  private final Spill<Step> files = new Spill<>(new StepCodec());
  private final Spill<Step> notes = new Spill<>(new StepCodec());
  private final Spill<IndexEntry> gone = new Spill<>(new EntryCodec());
  private final Spill<IndexEntry> replaced = new Spill<>(new EntryCodec());
  private Count known = Count.NONE;
  private Count unchanged = Count.NONE;

  /** Something of the home that differs from the index. */
  record Step(ScannedEntry now, Optional<IndexEntry> before) {

    /** Whether size or time say that the content is another one, not just a suspicion. */
    boolean isNewOrChanged() {
      var then = before.map(IndexEntry::stat).orElse(Stat.UNKNOWN);
      return then.size() != now.attributes().size() || then.mtime() != now.attributes().mtime();
    }

    /** Whether an earlier run may have got further than the index says. */
    boolean isDoubtful() {
      return before.filter(entry -> entry.state() == State.PENDING).isPresent();
    }
  }

  /** Takes in the plan for one folder, after the one for the folder that it lies in. */
  void add(FolderPlan folder) {
    folders.addAll(folder.folders());
    files.addAll(folder.files());
    notes.addAll(folder.notes());
    replaced.addAll(folder.replaced());
    known = known.plus(folder.known());
    unchanged = unchanged.plus(folder.unchanged());
  }

  /** Takes in a change that only the index notes. */
  void addNote(Step step) {
    notes.add(step);
  }

  /** Takes in something that the home no longer has; of a folder only the folder. */
  void addGone(IndexEntry entry) {
    gone.add(entry);
  }

  /** Folders to make, each after the one it lies in. */
  Collection<Step> folders() {
    return folders;
  }

  /** Files that are new, or may have changed: only reading them can tell. */
  Collection<Step> files() {
    return files;
  }

  /** Changes that only the index notes: links, and the modes and times of folders. */
  Collection<Step> notes() {
    return notes;
  }

  /** Entries that the home no longer has; of a folder only the folder. */
  Collection<IndexEntry> gone() {
    return gone;
  }

  /** Entries for which the home has something of another kind. */
  Collection<IndexEntry> replaced() {
    return replaced;
  }

  long knownFiles() {
    return known.files();
  }

  long knownBytes() {
    return known.bytes();
  }

  long unchangedFiles() {
    return unchanged.files();
  }

  long unchangedBytes() {
    return unchanged.bytes();
  }

  static Stat stat(Attributes attributes) {
    return new Stat(attributes.size(), attributes.mtime(), attributes.ctime(), attributes.inode());
  }

  static Kind kindOf(Attributes attributes) {
    return switch (attributes.kind()) {
      case FILE -> Kind.FILE;
      case FOLDER -> Kind.FOLDER;
      case LINK -> Kind.LINK;
      case OTHER -> throw new IllegalArgumentException("Not something that can be backed up.");
    };
  }

  @Override
  public void close() {
    folders.close();
    files.close();
    notes.close();
    gone.close();
    replaced.close();
  }

  /** Writes the steps of a plan that is too long for memory. */
  private static final class StepCodec implements Spill.Codec<Step> {
    private static final Attributes.Kind[] KINDS = Attributes.Kind.values();

    private final EntryCodec entries = new EntryCodec();

    @Override
    public void write(Step step, DataOutput out) throws IOException {
      var now = step.now();
      out.writeUTF(now.folder());
      out.writeUTF(now.name());
      write(now.attributes(), out);
      EntryCodec.text(now.target(), out);
      out.writeBoolean(step.before().isPresent());
      if (step.before().isPresent()) {
        entries.write(step.before().get(), out);
      }
    }

    @Override
    public Step read(DataInput in) throws IOException {
      var now = new ScannedEntry(in.readUTF(), in.readUTF(), attributes(in), EntryCodec.text(in));
      return new Step(
          now, in.readBoolean() ? Optional.of(entries.read(in)) : Optional.<IndexEntry>empty());
    }

    private static void write(Attributes attributes, DataOutput out) throws IOException {
      out.writeByte(attributes.kind().ordinal());
      out.writeInt(attributes.mode());
      out.writeLong(attributes.uid());
      out.writeLong(attributes.gid());
      out.writeLong(attributes.size());
      out.writeLong(attributes.mtime());
      out.writeLong(attributes.ctime());
      out.writeLong(attributes.inode());
      out.writeLong(attributes.device());
    }

    private static Attributes attributes(DataInput in) throws IOException {
      return new Attributes(
          KINDS[in.readByte()],
          in.readInt(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong(),
          in.readLong());
    }
  }
}
