package org.homeport.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The JSON that the documentation shows, and that the Python side is tested against as well. */
public final class Examples {
  private static final Path FOLDER = Path.of("../docs/examples");

  private Examples() {}

  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(FOLDER.resolve(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
