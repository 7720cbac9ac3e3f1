package org.homeport.bridge.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.homeport.bridge.web.Json;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The description of the API for programs, as OpenAPI has it.
 *
 * <p>It is written as YAML, {@code openapi.yaml}, because that can say once what many operations
 * share, and is read when somebody asks for it.
 */
public final class OpenApi {
  private static final String SOURCE = "openapi.yaml";
  private static final String SHARED = "x-shared";
  private static final int MOST_ALIASES = 1000;

  private OpenApi() {}

  /** The document as JSON. */
  public static String json(String version) {
    var document = read();
    document.remove(SHARED);
    section(document, "info").put("version", version);
    return Json.pretty(document);
  }

  private static Map<String, Object> read() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    try (InputStream source = OpenApi.class.getResourceAsStream(SOURCE)) {
      return new Yaml(new SafeConstructor(options)).load(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> section(Map<String, Object> parent, String name) {
    return (Map<String, Object>) parent.get(name);
  }
}
