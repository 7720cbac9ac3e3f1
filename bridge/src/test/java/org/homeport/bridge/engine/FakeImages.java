package org.homeport.bridge.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.seed.ImageSource;

/** Images in memory, all with the same few files, beside a registry in memory. */
public final class FakeImages implements ImageStore {
  public static final ImageName TINY = ImageName.of("homeport-test/tiny:1");
  static final String ID = "sha256:" + "a".repeat(64);
  private static final Map<String, String> FILES =
      Map.of("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\n", "/etc/group", "root:x:0:\n");

  private final Map<ImageName, Image> here;
  private final Map<ImageName, CountDownLatch> offered;
  private final Set<Source> opened;
  private final Set<ImageName> pulling = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mostPulling = new AtomicInteger();
  private volatile Runnable whilePulling = () -> {};
  private volatile OptionalLong room = OptionalLong.empty();
  private final Set<Source> own = ConcurrentHashMap.newKeySet();

  public FakeImages() {
    this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
    here.put(TINY, image(TINY));
  }

  private FakeImages(
      Map<ImageName, Image> here, Map<ImageName, CountDownLatch> offered, Set<Source> opened) {
    this.here = here;
    this.offered = offered;
    this.opened = opened;
  }

  /** The same images, as the next bridge sees them. */
  FakeImages afterRestart() {
    return new FakeImages(here, offered, opened);
  }

  /** Lets the registry have an image, whose fetch lasts until the latch is counted down. */
  public void offer(ImageName name, CountDownLatch complete) {
    offered.put(name, complete);
  }

  @Override
  public Optional<Image> find(ImageName name) {
    return Optional.ofNullable(here.get(name));
  }

  @Override
  public List<Image> list() {
    return List.copyOf(here.values());
  }

  @Override
  public Image pull(ImageName name, PullProgress progress) {
    var complete = offered.get(name);
    if (complete == null) {
      throw new EngineRejected("The registry has no " + name);
    }
    pulling.add(name);
    mostPulling.accumulateAndGet(pulling.size(), Math::max);
    try {
      whilePulling.run();
      progress.pulled(1, 2);
      complete.await();
      return here.computeIfAbsent(name, FakeImages::image);
    } catch (InterruptedException e) {
      throw new EngineUnavailable("Interrupted while pulling " + name + ".", e);
    } finally {
      pulling.remove(name);
    }
  }

  @Override
  public void remove(ImageName name) {
    here.remove(name);
  }

  @Override
  public ImageSource open(String imageId) {
    var source = new Source();
    own.add(source);
    opened.add(source);
    return source;
  }

  @Override
  public void removeLeftovers() {
    var left = new HashSet<>(opened);
    left.removeAll(own);
    opened.removeAll(left);
  }

  /** Does something in each pull, before its first progress. */
  public void whilePulling(Runnable what) {
    whilePulling = what;
  }

  /** The images that are pulled at the moment. */
  public Set<ImageName> pulling() {
    return Set.copyOf(pulling);
  }

  /** The most images that were pulled at the same time. */
  public int mostPulling() {
    return mostPulling.get();
  }

  /** Lets the disk of the images have that much room. */
  public void leaveRoom(long bytes) {
    room = OptionalLong.of(bytes);
  }

  @Override
  public OptionalLong freeSpace() {
    return room;
  }

  @Override
  public String pullCommand(ImageName name) {
    return "fetch " + name;
  }

  @Override
  public String usersCommand(ImageName name) {
    return "list users of " + name;
  }

  private static Image image(ImageName name) {
    return new Image(
        ID, List.of(name.name()), Optional.of("sha256:" + "b".repeat(64)), 1, List.of("sleep"));
  }

  private final class Source implements ImageSource {
    @Override
    public Optional<InputStream> archive(String path) {
      return Optional.ofNullable(FILES.get(path))
          .filter(text -> opened.contains(this))
          .map(text -> new ByteArrayInputStream(archive(path.substring("/etc/".length()), text)));
    }

    @Override
    public void close() {
      opened.remove(this);
    }

    private static byte[] archive(String name, String text) {
      var bytes = new ByteArrayOutputStream();
      try (var tar = new TarArchiveOutputStream(bytes)) {
        var entry = new TarArchiveEntry(name);
        entry.setSize(text.length());
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(UTF_8));
        tar.closeArchiveEntry();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return bytes.toByteArray();
    }
  }
}
