package org.homeport.bridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictFieldsTest {
  private static final Set<String> KNOWN = Set.of("name", "count", "share", "parts", "map", "more");

  @Test
  void knownFieldsAreRead() {
    var fields =
        fields(
            """
            {"name": "ada", "count": 3, "share": 0.5, "parts": ["a", "b"], "map": {"k": "v"},
             "more": {"name": "bob"}}
            """);
    assertThat(fields.text("name")).contains("ada");
    assertThat(fields.whole("count", 1, 5)).hasValue(3);
    assertThat(fields.number("share")).hasValue(0.5);
    assertThat(fields.texts("parts")).containsExactly("a", "b");
    assertThat(fields.textMap("map")).containsEntry("k", "v");
    assertThat(fields.object("more", Set.of("name")).text("name")).contains("bob");
  }

  @Test
  void aFieldThatIsNullIsLeftOut() {
    var fields = fields("{\"name\": null, \"count\": null, \"parts\": null}");
    assertThat(fields.text("name")).isEmpty();
    assertThat(fields.whole("count", 1, 5)).isEmpty();
    assertThat(fields.texts("parts")).isEmpty();
  }

  @Test
  void anUnknownFieldIsRefusedByName() {
    assertThat(refused("{\"nmae\": \"ada\"}", fields -> {}).field()).isEqualTo("nmae");
    assertThat(refused("{\"more\": {\"x\": 1}}", f -> f.object("more", Set.of("name"))).field())
        .isEqualTo("more.x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "3", "null", "\"text\""})
  void aBodyThatIsNotAnObjectIsRefused(String json) {
    assertThat(refused(json, fields -> {}).field()).isEqualTo("body");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"name\": 3}; name",
        "{\"name\": \"a\\u0000b\"}; name",
        "{\"count\": 6}; count",
        "{\"count\": 1.5}; count",
        "{\"count\": 1e30}; count",
        "{\"share\": \"much\"}; share",
        "{\"parts\": \"a\"}; parts",
        "{\"parts\": [\"a\", 2]}; parts[1]",
        "{\"map\": {\"k\": 1}}; map.k",
        "{\"more\": []}; more",
      })
  void aFieldOfAnotherTypeIsRefusedByName(String json, String field) {
    assertThat(refused(json, StrictFieldsTest::readAll).field()).isEqualTo(field);
  }

  @Test
  void aMissingFieldThatMustBeThereIsRefusedByName() {
    assertThat(refused("{}", fields -> fields.required("name", text -> text)).field())
        .isEqualTo("name");
  }

  @Test
  void aValueThatItsTypeRefusesIsRefusedByName() {
    var refused = refused("{\"name\": \"x\"}", f -> f.required("name", Integer::valueOf));
    assertThat(refused.field()).isEqualTo("name");
  }

  private static void readAll(StrictFields fields) {
    fields.text("name");
    fields.whole("count", 1, 5);
    fields.number("share");
    fields.texts("parts");
    fields.textMap("map");
    fields.object("more", Set.of("name"));
  }

  private static BadRequest refused(String json, Consumer<StrictFields> reading) {
    return catchThrowableOfType(BadRequest.class, () -> reading.accept(fields(json)));
  }

  private static StrictFields fields(String json) {
    return new StrictFields(Json.read(json.getBytes(StandardCharsets.UTF_8)), "", KNOWN);
  }
}
