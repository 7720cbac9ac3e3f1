package org.homeport.bridge.pages;

import java.util.List;

/** Pages that belong together; each feature brings its own. */
public interface Chapter {

  /** Lists the pages, in the order of their tabs. */
  List<Page> pages();
}
