package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.homeport.bridge.engine.ImageStore;
import org.homeport.bridge.engine.ImageStoreContract;
import org.homeport.bridge.engine.TestRegistry;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DockerImagesIT extends ImageStoreContract {
  private EngineBed bed;
  private TestRegistry registry;
  private DockerEngine restarted;

  @BeforeEach
  void open() throws IOException {
    bed = new EngineBed();
    registry = new TestRegistry();
    restarted = EngineBed.open(bed.network(), bed.texts());
  }

  @AfterEach
  void close() {
    registry.close();
    restarted.close();
    bed.close();
  }

  @Override
  protected ImageStore images() {
    return bed.engine().images();
  }

  @Override
  protected ImageStore afterRestart() {
    return restarted.images();
  }

  @Override
  protected ImageName present() {
    return EngineBed.TINY;
  }

  @Override
  protected ImageName offer(CountDownLatch complete) throws IOException {
    var name = registry.image("offered");
    registry.holdLayers(complete);
    bed.removeAtEnd(name);
    return name;
  }

  @Override
  protected ImageName notOffered() {
    return ImageName.of(registry.host() + "/nothing:1");
  }

  @Test
  void aReadImageLeavesNoContainerBehind() throws IOException {
    try (var image = images().open(bed.tiny().id())) {
      var seeds = new TarArchiveInputStream(image.archive("/home/jovyan").orElseThrow());
      assertThat(seeds.getNextEntry().getName()).isEqualTo("jovyan/");
      assertThat(readers()).hasSize(1);
    }
    assertThat(readers()).isEmpty();
  }

  /** It would hold its container's lock: the removal would end at its deadline, with an error. */
  @Test
  void anArchiveLeftHalfReadDoesNotHinderTheRemoval() throws IOException {
    try (var image = images().open(bed.tiny().id())) {
      assertThat(image.archive("/").orElseThrow().read()).isNotNegative();
    }
    assertThat(readers()).isEmpty();
  }

  private List<String> readers() {
    return bed.docker("ps", "-aq", "--filter", "label=org.homeport.reader=" + bed.network())
        .lines()
        .toList();
  }
}
