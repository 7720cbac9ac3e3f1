package org.homeport.bridge.scan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.homeport.bridge.remote.RemoteName;
import org.homeport.spawn.files.Attributes;
import org.homeport.spawn.files.Directory;
import org.homeport.spawn.files.FolderVisitor;
import org.homeport.spawn.files.RawPath;

/** Writes one folder of a home into a zip, and lists what could not be read. */
final class ZipFolder implements FolderVisitor {
  private static final int BUFFER = 1 << 16;
  private static final int FILE = 0100000;
  private static final int FOLDER = 0040000;
  private static final int LINK = 0120000;

  private final Directory folder;
  private final String path;
  private final ZipArchiveOutputStream zip;
  private final List<String> missing;

  private ZipFolder(Directory folder, String path, ZipArchiveOutputStream zip, List<String> missing)
      throws IOException {
    this.folder = folder;
    this.path = path;
    this.zip = zip;
    this.missing = missing;
    begin(path + "/", folder.attributes(), FOLDER);
    zip.closeArchiveEntry();
  }

  /**
   * The home itself.
   *
   * @param missing gets a line for everything that cannot be read
   */
  static ZipFolder top(
      Directory home, String name, ZipArchiveOutputStream zip, List<String> missing)
      throws IOException {
    return new ZipFolder(home, name, zip, missing);
  }

  @Override
  public boolean look(RawPath name, Attributes found) throws IOException {
    switch (found.kind()) {
      case FILE -> file(name);
      case LINK -> link(name, found);
      case FOLDER -> {}
      case OTHER -> missing.add(at(name) + ": a fifo, a socket or a device");
    }
    return true;
  }

  @Override
  public void failed(RawPath name, FileSystemException why) {
    missing.add(at(name) + ": " + TreeScan.reason(why));
  }

  @Override
  public void cutOff(FileSystemException why) {
    missing.add(path + ": " + TreeScan.reason(why));
  }

  @Override
  public FolderVisitor enter(RawPath name, Directory below) throws IOException {
    return new ZipFolder(below, at(name), zip, missing);
  }

  private void file(RawPath name) throws IOException {
    var buffer = ByteBuffer.allocateDirect(BUFFER);
    var bytes = new byte[BUFFER];
    try (var file = folder.read(name)) {
      begin(at(name), file.attributes(), FILE);
      while (file.read(buffer.clear()) >= 0) {
        var length = buffer.flip().remaining();
        buffer.get(bytes, 0, length);
        zip.write(bytes, 0, length);
      }
      zip.closeArchiveEntry();
    }
  }

  private void link(RawPath name, Attributes attributes) throws IOException {
    var target = folder.linkTarget(name);
    begin(at(name), attributes, LINK);
    zip.write(target.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }

  private String at(RawPath name) {
    return path + "/" + RemoteName.of(name.text());
  }

  private void begin(String path, Attributes attributes, int type) throws IOException {
    var entry = new ZipArchiveEntry(path);
    entry.setUnixMode(type | attributes.mode());
    entry.setLastModifiedTime(
        FileTime.from(Instant.ofEpochSecond(Math.floorDiv(attributes.mtime(), 1_000_000_000L))));
    zip.putArchiveEntry(entry);
  }
}
