package org.homeport.bridge.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.homeport.bridge.settings.SettingsRefused.Problem;
import org.homeport.spawn.refusal.SpawnRefused;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The keys of one level of the settings. Whoever reads a key makes it known; what nobody read is an
 * unknown key. A bad value is noted as a problem and read as if it were missing.
 *
 * <p>Readers ({@code Function<String, T>}) throw {@link IllegalArgumentException} with what they
 * expect, or {@link SpawnRefused}.
 */
public final class Section {
  private final String path;
  private final int line;
  private final Consumer<Problem> problems;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final TreeSet<String> known = new TreeSet<>();
  private final List<Section> children = new ArrayList<>();

  private Section(String path, int line, Consumer<Problem> problems) {
    this.path = path;
    this.line = line;
    this.problems = problems;
  }

  static Section root(Node node, Consumer<Problem> problems) {
    return of("", node, node == null ? 1 : line(node), problems);
  }

  private static Section of(String path, Node node, int line, Consumer<Problem> problems) {
    var section = new Section(path, line, problems);
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(section::add);
    } else if (node != null && !isNull(node)) {
      section.problem(line, section.here() + "expected keys and values");
    }
    return section;
  }

  private void add(NodeTuple entry) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      problem(line(entry.getKeyNode()), here() + "a key is plain text");
    } else if (entries.putIfAbsent(key.getValue(), entry) != null) {
      problem(line(key), at(key.getValue()) + ": is there twice");
    }
  }

  /** The value of a key, or the fallback when the key is missing, empty or wrong. */
  public <T> T value(String key, Function<String, T> reader, T fallback) {
    return value(key, reader).orElse(fallback);
  }

  /** The value of a key, when it is there and right. */
  public <T> Optional<T> value(String key, Function<String, T> reader) {
    return node(key).flatMap(node -> scalar(at(key), node, reader));
  }

  /** The value of a key that must be there. */
  public <T> Optional<T> required(String key, Function<String, T> reader) {
    var value = value(key, reader);
    if (node(key).isEmpty()) {
      problem(line, at(key) + ": is missing");
    }
    return value;
  }

  /** The values of a list; empty when the key is missing. */
  public <T> List<T> values(String key, Function<String, T> reader) {
    return items(key).stream().flatMap(node -> scalar(at(key), node, reader).stream()).toList();
  }

  /** The keys below a key; none when it is missing. */
  public Section section(String key) {
    var node = node(key);
    return child(at(key), node.orElse(null), node.map(Section::line).orElse(line));
  }

  /** The sections of a list; empty when the key is missing. */
  public List<Section> sections(String key) {
    return items(key).stream().map(node -> child(at(key), node, line(node))).toList();
  }

  /** Makes a value of several keys; a refusal is a problem of this section. */
  public <T> Optional<T> make(Supplier<T> maker) {
    return read(path, line, maker);
  }

  void refuseUnknownKeys() {
    children.forEach(Section::refuseUnknownKeys);
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            problem(line(entry.getKeyNode()), at(key) + ": unknown key" + hint(key));
          }
        });
  }

  private String hint(String key) {
    return Nearest.to(key, known)
        .map(near -> "; did you mean " + at(near) + "?")
        .orElse("; expected one of " + String.join(", ", known));
  }

  private Optional<Node> node(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key))
        .map(NodeTuple::getValueNode)
        .filter(node -> !isNull(node));
  }

  private List<Node> items(String key) {
    var node = node(key);
    if (node.isEmpty() || node.get() instanceof SequenceNode) {
      return node.map(list -> ((SequenceNode) list).getValue()).orElse(List.of());
    }
    problem(line(node.get()), at(key) + ": expected a list");
    return List.of();
  }

  private Section child(String childPath, Node node, int childLine) {
    var child = of(childPath, node, childLine, problems);
    children.add(child);
    return child;
  }

  private <T> Optional<T> scalar(String name, Node node, Function<String, T> reader) {
    if (node instanceof ScalarNode scalar) {
      return read(
          name + ": '" + scalar.getValue() + "'",
          line(node),
          () -> reader.apply(scalar.getValue()));
    }
    problem(line(node), name + ": expected one value");
    return Optional.empty();
  }

  private <T> Optional<T> read(String what, int where, Supplier<T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (SpawnRefused e) {
      problem(where, what + ": " + e.getMessage() + " " + e.remedy());
    } catch (IllegalArgumentException e) {
      problem(where, what + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private void problem(int where, String message) {
    problems.accept(new Problem(where, message));
  }

  private String here() {
    return path.isEmpty() ? "" : path + ": ";
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
