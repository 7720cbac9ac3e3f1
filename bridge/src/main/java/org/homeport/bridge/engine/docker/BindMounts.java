package org.homeport.bridge.engine.docker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.BindPropagation;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.homeport.bridge.engine.EngineRejected;
import org.homeport.spawn.mount.MountSource;

/**
 * Renders mounts in the engine's words, so that read-only holds for all that is mounted below as
 * well.
 *
 * <p>Engines from 25 on can promise that. Older ones make only the uppermost mount read-only and
 * leave those below it writable: for them the source is bound without what is mounted below it, and
 * each of these mounts is then bound by itself, read-only.
 */
final class BindMounts {
  private final boolean engineKnowsRecursiveReadOnly;

  BindMounts(boolean engineKnowsRecursiveReadOnly) {
    this.engineKnowsRecursiveReadOnly = engineKnowsRecursiveReadOnly;
  }

  List<Mount> of(List<org.homeport.spawn.mount.Mount> mounts) {
    var targets =
        mounts.stream().map(org.homeport.spawn.mount.Mount::target).collect(Collectors.toSet());
    return mounts.stream().flatMap(mount -> of(mount, targets)).toList();
  }

  private Stream<Mount> of(org.homeport.spawn.mount.Mount mount, Set<Path> targets) {
    if (mount.source() instanceof MountSource.HostFolder folder) {
      return of(folder.path(), mount, targets);
    }
    throw new EngineRejected("Docker cannot mount " + mount.source() + ".");
  }

  private Stream<Mount> of(Path folder, org.homeport.spawn.mount.Mount mount, Set<Path> targets) {
    if (!mount.readOnly()) {
      return Stream.of(bind(folder, mount.target(), new BindOptions()).withReadOnly(false));
    }
    if (engineKnowsRecursiveReadOnly) {
      return Stream.of(readOnly(folder, mount.target(), Options.readOnlyForceRecursive()));
    }
    var source = real(folder);
    var parts =
        MountTable.read().below(source).stream()
            .filter(Files::exists) // what lies under another mount cannot be reached, nor bound
            .map(part -> new Part(part, mount.target().resolve(source.relativize(part))))
            .filter(part -> !targets.contains(part.target()));
    return Stream.concat(Stream.of(new Part(source, mount.target())), parts)
        .map(part -> readOnly(part.source(), part.target(), Options.nonRecursive()));
  }

  private static Mount readOnly(Path source, Path target, BindOptions options) {
    return bind(source, target, options).withReadOnly(true);
  }

  private static Mount bind(Path source, Path target, BindOptions options) {
    return new Mount()
        .withType(MountType.BIND)
        .withSource(source.toString())
        .withTarget(target.toString())
        .withBindOptions(options.withPropagation(BindPropagation.R_PRIVATE));
  }

  private static Path real(Path source) {
    try {
      return source.toRealPath();
    } catch (IOException e) {
      throw new EngineRejected("The folder " + source + " cannot be mounted: " + e, e);
    }
  }

  private record Part(Path source, Path target) {}

  /** The options that docker-java does not know. */
  private static final class Options extends BindOptions {
    private static final long serialVersionUID = 1L;

    @JsonProperty("NonRecursive")
    private final boolean nonRecursive;

    @JsonProperty("ReadOnlyForceRecursive")
    private final boolean readOnlyForceRecursive;

    private Options(boolean nonRecursive, boolean readOnlyForceRecursive) {
      this.nonRecursive = nonRecursive;
      this.readOnlyForceRecursive = readOnlyForceRecursive;
    }

    static Options nonRecursive() {
      return new Options(true, false);
    }

    static Options readOnlyForceRecursive() {
      return new Options(false, true);
    }
  }
}
