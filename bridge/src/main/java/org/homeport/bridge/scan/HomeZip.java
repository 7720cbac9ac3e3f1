package org.homeport.bridge.scan;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.bridge.scan.Handover.Patience;
import org.homeport.bridge.tree.Tree;
import org.homeport.bridge.tree.TreeId;
import org.homeport.bridge.tree.Trees;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.TreeWalk;

/**
 * A home as one zip, written while it is read: everything that its owner can read, credentials and
 * caches too, since it is the owner who takes it away.
 */
public final class HomeZip {
  private static final int BUFFER = 1 << 16;
  private static final String MISSING = "NOT-IN-THIS-ZIP.txt";

  private final Trees trees;

  public HomeZip(Trees trees) {
    this.trees = trees;
  }

  /** Writes a zip; what could not be read is listed in a file at its end. */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  /**
   * The zip of a tree; nothing is read before it is written.
   *
   * @throws org.homeport.spawn.refusal.SpawnRefused when the user has no account
   */
  public Writer of(TreeId tree) {
    var found = trees.of(tree);
    return out -> write(found, out);
  }

  private void write(Tree tree, OutputStream out) throws IOException {
    try {
      // The owner's thread must not touch the connection: a thread that the server then starts
      // would keep the owner's identity.
      Handover.<byte[]>run(
          trees.homes(),
          tree.owner(),
          Patience.READING,
          (home, taker) -> write(RemoteName.of(tree.user()), home, new Chunks(taker)),
          bytes -> write(bytes, out),
          bytes -> {});
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(String name, Directory home, OutputStream out) throws IOException {
    try (var zip = new ZipArchiveOutputStream(new BufferedOutputStream(out, BUFFER))) {
      zip.setEncoding("UTF-8");
      zip.setUseZip64(Zip64Mode.AsNeeded);
      var missing = new ArrayList<String>();
      TreeWalk.through(home, ZipFolder.top(home, name, zip, missing));
      list(missing, zip);
    }
  }

  private static void write(byte[] bytes, OutputStream out) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hands over a copy of everything that is written. */
  private static final class Chunks extends OutputStream {
    private final Handover.Taker<byte[]> taker;

    Chunks(Handover.Taker<byte[]> taker) {
      this.taker = taker;
    }

    @Override
    public void write(int one) {
      taker.take(new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      taker.take(Arrays.copyOfRange(bytes, offset, offset + length));
    }
  }

  private static void list(List<String> missing, ZipArchiveOutputStream zip) throws IOException {
    if (!missing.isEmpty()) {
      zip.putArchiveEntry(new ZipArchiveEntry(MISSING));
      zip.write(String.join("\n", missing).concat("\n").getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
  }
}
