package org.homeport.bridge.pages;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pages as templates, each read when it is first shown. All that they show is escaped. */
final class Templates {
  private final Mustache.Compiler compiler =
      Mustache.compiler()
          .withLoader(Templates::open)
          .withCollector(new Values())
          .emptyStringIsFalse(true)
          .zeroIsFalse(true);
  private final Map<String, Template> compiled = new ConcurrentHashMap<>();

  String render(String name, Object view) {
    return compiled.computeIfAbsent(name, this::compile).execute(view);
  }

  private Template compile(String name) {
    try (var reader = open(name)) {
      return compiler.compile(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Reader open(String name) {
    var file = Templates.class.getResourceAsStream(name + ".html");
    return new InputStreamReader(Objects.requireNonNull(file, name), StandardCharsets.UTF_8);
  }

  /** Lets a section show what may be absent. */
  private static final class Values extends DefaultCollector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> optional
          ? optional.stream().iterator()
          : super.toIterator(value);
    }
  }
}
