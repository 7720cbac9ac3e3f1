package org.homeport.bridge.scan;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.eclipse.jgit.ignore.IgnoreNode.MatchResult;
import org.homeport.bridge.index.Paths;
import org.homeport.spawn.files.Attributes.Kind;

/**
 * The rules that leave files out of a backup: Homeport's own, then those of the {@value #FILE}
 * files on the way, in git's syntax; the deepest folder's word counts.
 */
final class IgnoreRules {
  static final String FILE = ".homeportignore";

  /**
   * Left out unless a user's file says otherwise: what programs make again by themselves, and
   * credentials, which must not leave the machine.
   */
  private static final String DEFAULTS =
      """
      .ipynb_checkpoints/
      __pycache__/
      node_modules/
      .cache/
      .npm/
      .~*
      .local/share/Trash/
      .local/share/jupyter/runtime/
      .nfs*
      .ssh/
      .gnupg/
      .aws/
      .azure/
      .kube/
      .config/gcloud/
      .config/gh/
      .config/rclone/
      .docker/config.json
      .config/openstack/
      .kaggle/
      .local/share/keyrings/
      .databrickscfg
      .git-credentials
      .netrc
      .npmrc
      .pypirc
      .pgpass
      .my.cnf
      .s3cfg
      .vault-token
      """;

  private final Optional<IgnoreRules> above;
  private final String folder;
  private final IgnoreNode rules;
  private final LastNames lastNames;

  private IgnoreRules(Optional<IgnoreRules> above, String folder, byte[] text) {
    this.above = above;
    this.folder = folder;
    this.rules = new IgnoreNode();
    this.lastNames = LastNames.of(new String(text, StandardCharsets.UTF_8));
    try {
      rules.parse(new ByteArrayInputStream(text));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory does not fail.", e);
    }
  }

  static IgnoreRules defaults() {
    return new IgnoreRules(Optional.empty(), "", DEFAULTS.getBytes(StandardCharsets.UTF_8));
  }

  /** These rules, and below the folder those of its own file. */
  IgnoreRules with(String folder, byte[] text) {
    return new IgnoreRules(Optional.of(this), folder, text);
  }

  /** Whether a rule leaves the entry out, or brings it back; empty when none speaks of it. */
  Optional<Boolean> ignores(ScannedEntry entry) {
    return ignores(entry.folder(), entry.name(), entry.attributes().kind() == Kind.FOLDER);
  }

  /** The same for a folder. */
  Optional<Boolean> ignores(String folderPath) {
    return ignores(Paths.folder(folderPath), Paths.name(folderPath), true);
  }

  private Optional<Boolean> ignores(String in, String name, boolean isFolder) {
    if (lastNames.mayMatch(name)) {
      var path = Paths.join(in, name);
      var below = folder.isEmpty() ? path : path.substring(folder.length() + 1);
      var result = rules.isIgnored(below, isFolder);
      if (result != MatchResult.CHECK_PARENT) {
        return Optional.of(result == MatchResult.IGNORED);
      }
    }
    return above.isPresent() ? above.get().ignores(in, name, isFolder) : Optional.empty();
  }
}
