package org.homeport.bridge;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of Homeport, as its jar says. */
final class Version implements IVersionProvider {
  static final String TEXT =
      Objects.requireNonNullElse(
          Version.class.getPackage().getImplementationVersion(), "development");

  @Override
  public String[] getVersion() {
    return new String[] {"homeport " + TEXT + ", Java " + Runtime.version()};
  }
}
