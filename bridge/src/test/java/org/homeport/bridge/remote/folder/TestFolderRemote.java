package org.homeport.bridge.remote.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.Remotes;
import org.homeport.bridge.remote.TestRemote;

/** A folder beside the home. */
public final class TestFolderRemote implements TestRemote {
  private final Path folder;

  public TestFolderRemote() {
    this(Path.of(""));
  }

  TestFolderRemote(Path folder) {
    this.folder = folder;
  }

  @Override
  public String address() {
    return folder.toString();
  }

  @Override
  public Remotes open(Path place, String address) {
    return new FolderRemotes(Path.of(address), Clock.systemUTC());
  }

  @Override
  public Map<String, Md5> files() {
    var home = folder.resolve("home/ada");
    var files = new TreeMap<String, Md5>();
    try (var all = Files.walk(home)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        files.put(home.relativize(file).toString(), Md5.of(Files.readAllBytes(file)));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // The folder goes with the test's.
  }
}
