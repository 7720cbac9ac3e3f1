package org.homeport.bridge.remote.folder;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.RemoteId;
import org.homeport.bridge.remote.RemoteRejected;
import org.homeport.spawn.files.DerivedName;
import org.homeport.spawn.files.RawPath;

/**
 * The places of everything in the folder of a {@link FolderRemote}: the one class that spells its
 * paths.
 *
 * <p>The tree itself starts at the folder; what only Homeport understands is in {@code
 * .homeport/<account>/}.
 */
record FolderPlaces(Path folder, String account) {
  private static final String OWN = ".homeport";
  private static final Pattern PLAIN = Pattern.compile("[ -~]*");

  Path own() {
    return child(folder.resolve(OWN), account);
  }

  Path catalog() {
    return own().resolve("catalog.jsonl");
  }

  Path incoming() {
    return own().resolve("incoming");
  }

  /** The file that a content arrives in before it takes its place. */
  Path incoming(RemoteId id, Md5 md5) {
    return incoming().resolve(id + "." + md5);
  }

  static RemoteId idOfIncoming(Path file) {
    return new RemoteId(file.getFileName().toString().split("\\.")[0]);
  }

  Path trashed(RemoteId id) {
    return own().resolve("trash").resolve(id.value());
  }

  /** The place of a content once a newer one has taken its own. */
  Path version(RemoteId id, long version) {
    return own().resolve("versions").resolve(id.value()).resolve(Long.toString(version));
  }

  /** A name of the top level. */
  Path top(String name) {
    if (name.equals(OWN)) {
      throw new RemoteRejected("The name " + OWN + " is taken by Homeport itself.");
    }
    return child(folder, name);
  }

  static Path child(Path parent, String name) {
    if (name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0) {
      throw new RemoteRejected("A folder cannot hold a file of this name: '" + name + "'");
    }
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > DerivedName.LONGEST) {
      // The catalog knows the whole name; spelling what is not UTF-8 may have made it too long.
      var shorter = DerivedName.of("", RawPath.of(bytes), "").bytes();
      return child(parent, new String(shorter, StandardCharsets.UTF_8));
    }
    if (PLAIN.matcher(name).matches()) {
      return parent.resolve(name);
    }
    // By way of a URI, since plain resolve() refuses what the locale of the process cannot spell.
    var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return parent.resolve(Path.of(URI.create("file:///" + encoded)).getFileName());
  }
}
