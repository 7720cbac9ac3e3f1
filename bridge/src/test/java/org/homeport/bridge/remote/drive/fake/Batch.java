package org.homeport.bridge.remote.drive.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Several calls in one request: each is counted, limited and failed as if it came alone. */
final class Batch {
  private static final int MOST = 100;
  private static final String BOUNDARY = "batch_fake";

  private Batch() {}

  static Answer run(Call call, Function<Call, Answer> single) throws IOException {
    var parts = Multipart.parse(call.header("content-type"), call.content().readAllBytes());
    if (parts.size() > MOST) {
      throw DriveProblem.invalid("The batch has " + parts.size() + " calls, more than " + MOST);
    }
    var answer = new StringBuilder();
    for (var part : parts) {
      var inner = single.apply(call(call, part));
      answer.append("--" + BOUNDARY + "\r\nContent-Type: application/http\r\n");
      answer.append("Content-ID: response-" + part.headers().get("content-id") + "\r\n\r\n");
      answer.append("HTTP/1.1 " + inner.status() + " Status\r\n");
      inner.headers().forEach((name, value) -> answer.append(name + ": " + value + "\r\n"));
      var body = new String(inner.body().readAllBytes(), StandardCharsets.UTF_8);
      answer.append("Content-Length: " + inner.length() + "\r\n\r\n" + body + "\r\n");
    }
    answer.append("--" + BOUNDARY + "--\r\n");
    return Answer.text(200, "multipart/mixed; boundary=" + BOUNDARY, answer.toString());
  }

  private static Call call(Call outer, Multipart.Part part) {
    var text = new String(part.body(), StandardCharsets.ISO_8859_1);
    var end = text.indexOf("\r\n\r\n");
    var lines = text.substring(0, end < 0 ? text.length() : end).split("\r\n", 2);
    var request = lines[0].split(" ");
    var headers = new HashMap<String, String>();
    headers.put("authorization", outer.header("authorization"));
    headers.putAll(lines.length > 1 ? Multipart.headers(lines[1]) : Map.of());
    var target = request[1].replaceFirst("^https?://[^/]+", "");
    var body =
        end < 0 ? new byte[0] : text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    return new Call(request[0], target, headers, new ByteArrayInputStream(body));
  }
}
