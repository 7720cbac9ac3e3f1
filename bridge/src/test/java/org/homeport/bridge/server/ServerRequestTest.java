package org.homeport.bridge.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.homeport.bridge.web.BadRequest;
import org.homeport.spawn.Limits;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerRequestTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLE = Path.of("../docs/examples/server-request.json");

  @Test
  void theDocumentedExampleIsRead() throws IOException {
    var request = ServerRequest.of(JSON.readTree(EXAMPLE.toFile()));
    assertThat(request.spawn().user()).isEqualTo(HubUser.of("ada"));
    assertThat(request.spawn().serverName()).isEqualTo(ServerName.DEFAULT);
    assertThat(request.spawn().image()).isEqualTo(ImageName.of("plasmabio/template-python:12345"));
    assertThat(request.spawn().groups()).containsExactly("course-a");
    assertThat(request.command()).containsExactly("jupyterhub-singleuser");
    assertThat(request.arguments()).containsExactly("--ServerApp.terminals_enabled=True");
    assertThat(request.environment()).containsEntry("JUPYTERHUB_SERVICE_PREFIX", "/user/ada/");
    assertThat(request.port()).isEqualTo(8888);
    assertThat(request.answersAt()).isEqualTo("/user/ada/api");
    assertThat(request.limits())
        .isEqualTo(
            new Limits(OptionalLong.of(1L << 30), OptionalDouble.of(1.5), OptionalLong.of(512)));
  }

  @Test
  void whatIsLeftOutHasADefault() throws IOException {
    var request = read("{'user': 'ada', 'image': 'a/b:1', 'serverName': null, 'limits': {}}");
    assertThat(request.port()).isEqualTo(8888);
    assertThat(request.answersAt()).isEqualTo("/");
    assertThat(request.command()).isEmpty();
    assertThat(request.limits()).isEqualTo(Limits.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "null | body",
        "[] | body",
        "'ada' | body",
        "{} | user",
        "{'user': null, 'image': 'a'} | user",
        "{'user': 5, 'image': 'a'} | user",
        "{'user': 'a/b', 'image': 'a'} | user",
        "{'user': 'ada'} | image",
        "{'user': 'ada', 'image': {}} | image",
        "{'user': 'ada', 'image': 'Not An Image'} | image",
        "{'user': 'ada', 'image': 'a', 'serverName': 'x/y'} | serverName",
        "{'user': 'ada', 'image': 'a', 'volumes': []} | volumes",
        "{'user': 'ada', 'image': 'a', 'groups': 'all'} | groups",
        "{'user': 'ada', 'image': 'a', 'groups': ['x', 1]} | groups[1]",
        "{'user': 'ada', 'image': 'a', 'command': 'sh'} | command",
        "{'user': 'ada', 'image': 'a', 'arguments': [null]} | arguments[0]",
        "{'user': 'ada', 'image': 'a', 'environment': []} | environment",
        "{'user': 'ada', 'image': 'a', 'environment': {'A': 1}} | environment.A",
        "{'user': 'ada', 'image': 'a', 'environment': {'A=B': '1'}} | environment.A=B",
        "{'user': 'ada', 'image': 'a', 'environment': {'A': '\\u0000'}} | environment.A",
        "{'user': 'ada', 'image': 'a', 'environment': {'A\\u0000': '1'}} | environment.A?",
        "{'user': 'ada', 'image': 'a', 'port': '8888'} | port",
        "{'user': 'ada', 'image': 'a', 'port': 70000} | port",
        "{'user': 'ada', 'image': 'a', 'port': 80.5} | port",
        "{'user': 'ada', 'image': 'a', 'answersAt': 'api'} | answersAt",
        "{'user': 'ada', 'image': 'a', 'answersAt': '/a b'} | answersAt",
        "{'user': 'ada', 'image': 'a', 'answersAt': '/ä'} | answersAt",
        "{'user': 'ada', 'image': 'a', 'answersAt': '/{a}'} | answersAt",
        "{'user': 'ada', 'image': 'a', 'limits': 5} | limits",
        "{'user': 'ada', 'image': 'a', 'limits': {'gpus': 1}} | limits.gpus",
        "{'user': 'ada', 'image': 'a', 'limits': {'memory': '1G'}} | limits.memory",
        "{'user': 'ada', 'image': 'a', 'limits': {'memory': 1}} | limits",
        "{'user': 'ada', 'image': 'a', 'limits': {'pids': 0}} | limits.pids",
        "{'user': 'ada', 'image': 'a', 'limits': {'cpus': true}} | limits.cpus"
      })
  void theWrongFieldIsNamed(String json, String field) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            BadRequest.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo(field);
              assertThat(refusal.getMessage()).isNotBlank();
              assertThat(refusal.remedy()).isNotBlank();
            });
  }

  @Test
  void equalRequestsHaveOneFingerprint() throws IOException {
    var one = read("{'user': 'ada', 'image': 'a', 'environment': {'A': '1', 'B': '2'}}");
    var other = read("{'image': 'a:latest', 'user': 'ada', 'environment': {'B': '2', 'A': '1'}}");
    assertThat(one.fingerprint()).isEqualTo(other.fingerprint()).matches("[0-9a-f]{64}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'environment': {'TOKEN': 'new'}}",
        "{'serverName': 'lab'}",
        "{'image': 'b'}",
        "{'command': ['x']}",
        "{'arguments': ['x']}",
        "{'port': 1}",
        "{'answersAt': '/x'}",
        "{'limits': {'pids': 5}}"
      })
  void anyChangeChangesTheFingerprint(String change) throws IOException {
    var base = "{'user': 'ada', 'image': 'a', 'environment': {'TOKEN': 'old'}}";
    var changed = (ObjectNode) tree(base);
    changed.setAll((ObjectNode) tree(change));
    assertThat(ServerRequest.of(changed).fingerprint()).isNotEqualTo(read(base).fingerprint());
  }

  @Test
  void whatIsSaidOfARequestHoldsNoSecret() throws IOException {
    var request = read("{'user': 'ada', 'image': 'a', 'environment': {'TOKEN': 'very-secret'}}");
    assertThat(request.toString()).contains("ada").doesNotContain("very-secret");
  }

  private static ServerRequest read(String json) throws JsonProcessingException {
    return ServerRequest.of(tree(json));
  }

  private static JsonNode tree(String json) throws JsonProcessingException {
    return JSON.readTree(json.replace('\'', '"'));
  }
}
