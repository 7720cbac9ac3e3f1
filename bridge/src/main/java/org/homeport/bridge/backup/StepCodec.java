package org.homeport.bridge.backup;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.homeport.bridge.backup.BackupPlan.Step;
import org.homeport.bridge.index.EntryCodec;
import org.homeport.bridge.index.IndexEntry;
import org.homeport.bridge.index.Spill;
import org.homeport.bridge.scan.ScannedEntry;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Attributes.Kind;

/** Writes the steps of a plan that is too long for memory. */
final class StepCodec implements Spill.Codec<Step> {
  private static final Kind[] KINDS = Kind.values();

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
