package org.homeport.bridge.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** A YAML file of settings, read to the end before anything is refused. */
public final class SettingsFile {
  private final Path path;
  private final List<SettingsRefused.Problem> problems = new ArrayList<>();
  private final Section root;

  private SettingsFile(Path path, Node root) {
    this.path = path;
    this.root = Section.root(root, problems::add);
  }

  public static SettingsFile read(Path path) {
    try (var reader = Files.newBufferedReader(path)) {
      // Nodes, not objects: they know their lines, and no text becomes a number before its turn.
      return new SettingsFile(path, new Yaml(options()).compose(reader));
    } catch (NoSuchFileException e) {
      throw new SettingsRefused(path + " is missing: write it, or name another by --config.", e);
    } catch (IOException e) {
      throw new SettingsRefused(path + " cannot be read: " + e.getMessage(), e);
    } catch (MarkedYAMLException e) {
      var line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new SettingsRefused(path + ":" + line + ": not YAML: " + e.getProblem(), e);
    } catch (YAMLException e) {
      throw new SettingsRefused(path + ": not YAML: " + e.getMessage(), e);
    }
  }

  public Section root() {
    return root;
  }

  /** Refuses the file with every problem that was met; call it when everything has been read. */
  public void refuseProblems() {
    root.refuseUnknownKeys();
    if (!problems.isEmpty()) {
      throw new SettingsRefused(path, problems);
    }
  }

  private static LoaderOptions options() {
    var options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    return options;
  }
}
