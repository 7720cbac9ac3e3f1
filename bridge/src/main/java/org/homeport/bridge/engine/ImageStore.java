package org.homeport.bridge.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.seed.ImageSource;

/**
 * The images that are at hand, and the way to others: apart from the engine, since not every engine
 * keeps images. Fails as {@link ContainerEngine} does.
 */
public interface ImageStore {

  /** The image of that name, when it is here. */
  Optional<Image> find(ImageName name);

  /** Every image with a name that is here. */
  List<Image> list();

  /**
   * Fetches the image from its registry. Repeatable; takes as long as data keep coming. Ends when
   * its thread is interrupted.
   *
   * @throws EngineRejected when the registry has no such image, or keeps it from us
   */
  Image pull(ImageName name, PullProgress progress);

  /**
   * Takes a name off an image, and removes the image when that was its last. Repeatable.
   *
   * @throws EngineRejected when a container needs it
   */
  void remove(ImageName name);

  /**
   * Opens an image to read its files, without running anything of it. The caller closes it.
   *
   * @param imageId as {@link Image#id()} gives it
   */
  ImageSource open(String imageId);

  /** Removes what an earlier bridge opened and did not close. Repeatable. */
  void removeLeftovers();

  /** The bytes that are free where images are kept; empty when nobody can tell. */
  OptionalLong freeSpace();

  /** The command by which an administrator fetches an image. */
  String pullCommand(ImageName name);

  /** The command that shows an administrator what needs an image. */
  String usersCommand(ImageName name);
}
