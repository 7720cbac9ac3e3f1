package org.homeport.bridge.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.homeport.bridge.tree.Paths;
import org.homeport.spawn.files.Attributes.Kind;
import org.homeport.spawn.files.RawText;

/**
 * The rules that leave files out of a backup: Homeport's own, then those of the {@value #FILE}
 * files on the way, in git's syntax. The file of the deepest folder decides, and in it the last
 * rule.
 */
final class IgnoreRules {
  static final String FILE = ".homeportignore";

  /** Longer files are nobody's own words; a scan would spend its time on them. */
  static final int MOST_BYTES = 64 * 1024;

  /** In a folder and in all above it together: each costs a look at each file below. */
  static final int MOST_RULES = 1000;

  /** The limits, for whoever wrote a file that goes beyond them. */
  static final String LIMITS =
      "not followed: more than %d rules on the way to here, or more than %d bytes"
          .formatted(MOST_RULES, MOST_BYTES);

  /**
   * Left out unless a user's file says otherwise: what programs can make again, and credentials,
   * which must not leave the machine.
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
      /lost+found/
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

  /** The last one first, as the last one that matches decides. */
  private final List<IgnoreRule> rules;

  private IgnoreRules(Optional<IgnoreRules> above, String folder, List<IgnoreRule> rules) {
    this.above = above;
    this.folder = folder;
    this.rules = rules;
  }

  /** Homeport's own rules. */
  static IgnoreRules defaults() {
    return new IgnoreRules(Optional.empty(), "", read(DEFAULTS));
  }

  /** These rules, and those of the site. */
  IgnoreRules with(List<String> site) {
    return new IgnoreRules(Optional.of(this), "", read(String.join("\n", site)));
  }

  /**
   * These rules, and below the folder those of its own file.
   *
   * @return empty when that would be more than there may be
   */
  Optional<IgnoreRules> with(String folder, byte[] text) {
    if (text.length > MOST_BYTES) {
      return Optional.empty();
    }
    var more = new IgnoreRules(Optional.of(this), folder, read(RawText.of(text)));
    return Optional.of(more).filter(rules -> rules.count() <= MOST_RULES);
  }

  private static List<IgnoreRule> read(String text) {
    var rules = new ArrayList<IgnoreRule>();
    var start = text.startsWith("\uFEFF") ? 1 : 0; // some editors on Windows begin files with it
    text.substring(start).lines().map(IgnoreRule::of).flatMap(Optional::stream).forEach(rules::add);
    Collections.reverse(rules);
    return rules;
  }

  private int count() {
    return rules.size() + above.map(IgnoreRules::count).orElse(0);
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
    var path = Paths.join(in, name);
    for (var at = Optional.of(this); at.isPresent(); at = at.get().above) {
      var decided = at.get().decide(path, name, isFolder);
      if (decided.isPresent()) {
        return decided;
      }
    }
    return Optional.empty();
  }

  private Optional<Boolean> decide(String path, String name, boolean isFolder) {
    if (path.length() <= folder.length()) {
      return Optional.empty(); // the folder of the rules itself
    }
    var below = folder.isEmpty() ? path : path.substring(folder.length() + 1);
    for (var rule : rules) {
      if (rule.speaksOf(below, name, isFolder)) {
        return Optional.of(rule.leavesOut());
      }
    }
    return Optional.empty();
  }
}
