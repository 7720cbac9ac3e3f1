package org.homeport.bridge.backup;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.homeport.bridge.backup.BackupContext.ObjectKind;
import org.homeport.bridge.index.Manifest;
import org.homeport.bridge.remote.Content;
import org.homeport.bridge.remote.Md5;
import org.homeport.bridge.remote.NewFile;

/** Sends what a run found to differ from the last manifest to the remote. */
final class ManifestSender {
  private final BackupContext context;
  private final Roots roots;

  ManifestSender(BackupContext context, Roots roots) {
    this.context = context;
    this.roots = roots;
  }

  /**
   * Sends nothing when the run found nothing new.
   *
   * @return whether there was anything
   */
  boolean send() {
    var since = context.manifests().last(context.id());
    var lines = lines(since);
    if (lines.isEmpty()) {
      return false;
    }
    var run = context.lease().run();
    var head =
        new Manifest.Head(
            run.number(), since, run.startedBy(), run.startedAt(), context.clock().instant());
    var manifest = new Manifest(head, lines);
    var id = context.remote().reserveIds(1).get(0);
    var file =
        new NewFile(
            id, roots.manifests(), manifest.name(), run.startedAt(), context.tags(ObjectKind.RUN));
    context.manifests().reserve(context.id(), run.number(), id);
    context.remote().create(file, new Bytes(manifest.bytes()));
    context.manifests().arrived(context.id(), run.number());
    return true;
  }

  /** Drops manifests of runs that did not live to note them; this run's says it all again. */
  void dropDoubtful() {
    var doubtful = context.manifests().doubtful(context.id());
    if (!doubtful.isEmpty() && context.remote().trash(doubtful).isEmpty()) {
      context.manifests().forgetDoubtful(context.id());
    }
  }

  private List<Manifest.Line> lines(long since) {
    var lines = new ArrayList<Manifest.Line>();
    var entries = context.entries();
    entries.doneAfter(context.id(), since).forEach(e -> lines.add(Manifest.Line.of(e)));
    context
        .history()
        .goneAfter(context.id(), since)
        .forEach(path -> lines.add(Manifest.Line.gone(path)));
    return lines;
  }

  private record Bytes(byte[] bytes) implements Content {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public Md5 md5() {
      return Md5.of(bytes);
    }

    @Override
    public InputStream open(long from) {
      return new ByteArrayInputStream(bytes, (int) from, bytes.length - (int) from);
    }
  }
}
