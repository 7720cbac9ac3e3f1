package org.homeport.bridge.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecursiveReadOnlyTest {
  private static final String FEATURES = "{'mountOptions':['bind','%s']}";

  @ParameterizedTest
  @CsvSource({
    "6.1.0-18-amd64, runc, rro, true",
    "5.12.0,         runc, rro, true",
    "5.11.22,        runc, rro, false",
    "4.18.0-553.el8, runc, rro, false",
    "6.1.0,          runc, ro,  false",
    "6.1.0,          crun, rro, false",
    "unknown,        runc, rro, false",
  })
  void kernelAndRuntimeHaveToKnowIt(String kernel, String used, String option, boolean known)
      throws JsonProcessingException {
    assertThat(RecursiveReadOnly.isKnownTo(info(kernel, used, FEATURES.formatted(option))))
        .isEqualTo(known);
  }

  @ParameterizedTest
  @CsvSource({"no JSON", "null"})
  void aRuntimeThatDoesNotTellItsFeaturesDoesNotKnowIt(String features)
      throws JsonProcessingException {
    assertThat(RecursiveReadOnly.isKnownTo(info("6.1.0", "runc", features))).isFalse();
  }

  @Test
  void anEngineThatTellsNothingOfRuntimesDoesNotKnowIt() {
    assertThat(RecursiveReadOnly.isKnownTo(new Info())).isFalse();
  }

  private static Info info(String kernel, String used, String features)
      throws JsonProcessingException {
    return DefaultDockerClientConfig.createDefaultConfigBuilder()
        .build()
        .getObjectMapper()
        .readValue(
            """
            {"KernelVersion": "%s", "DefaultRuntime": "%s", "Runtimes": {
              "runc": {"path": "runc",
                "status": {"org.opencontainers.runtime-spec.features": "%s"}},
              "crun": {"path": "crun"}}}
            """
                .formatted(kernel, used, features.replace("'", "\\\"")),
            Info.class);
  }
}
