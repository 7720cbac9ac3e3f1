package org.homeport.bridge.server;

import java.util.List;
import org.homeport.bridge.settings.Readers;
import org.homeport.bridge.settings.Section;
import org.homeport.spawn.mount.DataSource;
import org.homeport.spawn.mount.DataSources;

/** The list {@code data} of the settings. */
public final class DataSection {
  private DataSection() {}

  public static DataSources read(List<Section> sections) {
    var data = DataSources.NONE;
    for (var section : sections) {
      data = with(data, section);
    }
    return data;
  }

  private static DataSources with(DataSources data, Section section) {
    var source = section.required("source", Readers::path);
    var target = section.value("target", Readers::path).or(() -> source);
    var optional = section.value("optional", Readers::flag, false);
    return source
        .flatMap(
            folder -> section.make(() -> data.and(new DataSource(folder, target.get(), optional))))
        .orElse(data);
  }
}
