package org.homeport.bridge.engine;

import java.util.concurrent.CountDownLatch;
import org.homeport.spawn.image.ImageName;

class FakeImagesTest extends ImageStoreContract {
  private final FakeImages images = new FakeImages();

  @Override
  protected ImageStore images() {
    return images;
  }

  @Override
  protected ImageStore afterRestart() {
    return images.afterRestart();
  }

  @Override
  protected ImageName present() {
    return FakeImages.TINY;
  }

  @Override
  protected ImageName offer(CountDownLatch complete) {
    var name = ImageName.of("homeport-test/offered:1");
    images.offer(name, complete);
    return name;
  }

  @Override
  protected ImageName notOffered() {
    return ImageName.of("homeport-test/nothing:1");
  }
}
