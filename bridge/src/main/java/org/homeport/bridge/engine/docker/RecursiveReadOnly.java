package org.homeport.bridge.engine.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Info;
import java.util.stream.StreamSupport;

/**
 * Tells whether the runtime that starts containers can make a mount read-only together with
 * everything below it. The engine's version says only that it would ask the runtime for it.
 */
final class RecursiveReadOnly {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FEATURES = "org.opencontainers.runtime-spec.features";
  private static final String OPTION = "rro";

  /** The first version of Linux with mount_setattr(2), which the option needs. */
  private static final int[] KERNEL = {5, 12};

  private RecursiveReadOnly() {}

  static boolean isKnownTo(Info info) {
    var facts = JSON.<JsonNode>valueToTree(info.getRawValues());
    var runtime = facts.path("Runtimes").path(facts.path("DefaultRuntime").asText());
    return isNewEnough(facts.path("KernelVersion").asText())
        && hasOption(runtime.path("status").path(FEATURES).asText());
  }

  private static boolean isNewEnough(String kernel) {
    var numbers = kernel.split("\\D+");
    if (numbers.length < 2 || numbers[0].isEmpty()) {
      return false;
    }
    var major = Integer.parseInt(numbers[0]);
    return major > KERNEL[0] || major == KERNEL[0] && Integer.parseInt(numbers[1]) >= KERNEL[1];
  }

  private static boolean hasOption(String features) {
    try {
      var options = JSON.readTree(features).path("mountOptions");
      return StreamSupport.stream(options.spliterator(), false)
          .anyMatch(option -> option.asText().equals(OPTION));
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
