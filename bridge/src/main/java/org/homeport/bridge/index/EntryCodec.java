package org.homeport.bridge.index;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.homeport.bridge.index.IndexEntry.Kind;
import org.homeport.bridge.index.IndexEntry.Saved;
import org.homeport.bridge.index.IndexEntry.Stat;
import org.homeport.bridge.index.IndexEntry.State;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;

/** Writes the index's entries, within one process. */
public final class EntryCodec implements Spill.Codec<IndexEntry> {
  @Override
  public void write(IndexEntry entry, DataOutput out) throws IOException {
    out.writeUTF(entry.folder());
    out.writeUTF(entry.name());
    out.writeByte(entry.kind().ordinal());
    out.writeByte(entry.state().ordinal());
    text(entry.id().map(RemoteId::value), out);
    out.writeLong(entry.stat().size());
    out.writeLong(entry.stat().mtime());
    out.writeLong(entry.stat().ctime());
    out.writeLong(entry.stat().inode());
    out.writeInt(entry.mode());
    text(entry.content().map(saved -> saved.md5().hex()), out);
    text(entry.content().map(Saved::version), out);
    text(entry.target(), out);
    out.writeLong(entry.firstRun());
  }

  @Override
  public IndexEntry read(DataInput in) throws IOException {
    return new IndexEntry(
        in.readUTF(),
        in.readUTF(),
        Kind.values()[in.readByte()],
        State.values()[in.readByte()],
        text(in).map(RemoteId::new),
        new Stat(in.readLong(), in.readLong(), in.readLong(), in.readLong()),
        in.readInt(),
        saved(text(in), text(in)),
        text(in),
        in.readLong());
  }

  private static Optional<Saved> saved(Optional<String> md5, Optional<String> version) {
    return md5.map(hex -> new Saved(new Md5(hex), version.orElseThrow()));
  }

  public static void text(Optional<String> text, DataOutput out) throws IOException {
    out.writeBoolean(text.isPresent());
    if (text.isPresent()) {
      out.writeUTF(text.get());
    }
  }

  public static Optional<String> text(DataInput in) throws IOException {
    return in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty();
  }
}
