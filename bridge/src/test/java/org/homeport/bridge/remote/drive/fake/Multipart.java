package org.homeport.bridge.remote.drive.fake;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Takes a multipart body apart. */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

  record Part(Map<String, String> headers, byte[] body) {}

  private Multipart() {}

  static List<Part> parse(String contentType, byte[] body) {
    var boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw DriveProblem.invalid("Missing boundary in " + contentType);
    }
    // ISO 8859-1 maps each byte to one character, so positions and bytes agree.
    var text = new String(body, StandardCharsets.ISO_8859_1);
    var delimiter = "--" + boundary.group(1);
    var parts = new ArrayList<Part>();
    var start = text.indexOf(delimiter);
    while (start >= 0 && !text.startsWith("--", start + delimiter.length())) {
      var begin = text.indexOf("\r\n", start) + 2;
      start = text.indexOf("\r\n" + delimiter, begin);
      if (start < 0) {
        throw DriveProblem.invalid("The multipart body ends too early.");
      }
      parts.add(part(text.substring(begin, start)));
      start += 2;
    }
    return parts;
  }

  private static Part part(String text) {
    var end = text.startsWith("\r\n") ? 0 : text.indexOf("\r\n\r\n") + 2;
    return new Part(
        headers(text.substring(0, end)),
        text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1));
  }

  static Map<String, String> headers(String text) {
    var headers = new TreeMap<String, String>();
    for (var line : text.split("\r\n")) {
      var parts = line.split(":", 2);
      if (parts.length == 2) {
        headers.put(parts[0].strip().toLowerCase(Locale.ROOT), parts[1].strip());
      }
    }
    return headers;
  }
}
