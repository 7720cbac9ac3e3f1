package org.homeport.bridge.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.seed.ImageSource;

/**
 * The container engine as one bridge sees it: what the bridge makes carries the label of its
 * network, and what it lists is its own.
 *
 * <p>Every method blocks, but never longer than its deadline, and may be called from any thread.
 * {@link EngineUnavailable} says that the engine gave no answer: the outcome is unknown, and the
 * same call may be made again later. {@link EngineRejected} says that the engine answered no.
 */
public interface ContainerEngine extends AutoCloseable {

  /** The label, on containers and on the network, that names the network they belong to. */
  String NETWORK_LABEL = "org.homeport.network";

  /** Asks the engine who it is; also the cheapest way to learn whether it answers. */
  EngineVersion version();

  /**
   * The network of this bridge's servers, made when it is missing. Repeatable. Refuses a network of
   * that name on which containers could reach each other.
   */
  Network network();

  /** The image of that name, when the engine has it. */
  Optional<Image> image(ImageName name);

  /** Every image with a name that the engine has. */
  List<Image> images();

  /**
   * Fetches the image from its registry. Repeatable; takes as long as data keep coming.
   *
   * @throws EngineRejected when the registry has no such image, or keeps it from us
   */
  Image pull(ImageName name, PullProgress progress);

  /**
   * Takes a name off an image, and removes the image when that was its last. Repeatable.
   *
   * @throws EngineRejected when a container needs it
   */
  void removeImage(ImageName name);

  /**
   * Opens an image to read its files, without running anything of it. The caller closes it.
   *
   * @param imageId as {@link Image#id()} gives it
   */
  ImageSource open(String imageId);

  /**
   * Makes a container and does not start it.
   *
   * @return the id of the new container; empty when there is one of that name already, perhaps made
   *     by this very call, whose first answer was lost: the caller compares labels
   */
  Optional<String> create(ContainerSpec spec);

  /** Starts a container; nothing happens when it runs already. */
  void start(String container);

  /** The container of that name or id, when there is one. */
  Optional<Container> container(String container);

  /** All containers that {@link #create} made for this bridge, in any state. */
  List<Container> containers();

  /** Ends a container: SIGTERM, then SIGKILL after the grace. Repeatable; none is fine. */
  void stop(String container, Duration grace);

  /** Removes a container, ending it when it runs. Repeatable; none is fine. */
  void remove(String container);

  /**
   * Removes what is kept beside the container of that name, such as its texts, once nobody needs
   * it. Repeatable.
   */
  void forget(String container);

  /** Removes what an earlier bridge opened and did not close. Repeatable. */
  void removeLeftovers();

  /** The last lines that a container wrote to its outputs; empty when there is no container. */
  String log(String container, int lines);

  @Override
  void close();
}
