package org.homeport.bridge.web;

import io.javalin.http.Context;
import org.homeport.bridge.log.Reference;

/** The reference of each request: in the log, in a header of the answer, in a problem's body. */
public final class References {
  public static final String HEADER = "X-Homeport-Reference";
  private static final String ATTRIBUTE = "homeport.reference";

  private References() {}

  public static Reference of(Context ctx) {
    Reference reference = ctx.attribute(ATTRIBUTE);
    if (reference == null) {
      reference = Reference.next();
      ctx.attribute(ATTRIBUTE, reference);
      ctx.header(HEADER, reference.value());
    }
    return reference;
  }
}
