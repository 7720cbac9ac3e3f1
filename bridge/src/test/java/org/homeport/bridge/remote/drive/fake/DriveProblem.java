package org.homeport.bridge.remote.drive.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** An answer other than success, in the shape that Google gives it. */
final class DriveProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String reason;

  DriveProblem(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  static DriveProblem of(int status) {
    return switch (status) {
      case 401 -> new DriveProblem(401, "authError", "Invalid Credentials");
      case 403 -> new DriveProblem(403, "userRateLimitExceeded", "User rate limit exceeded.");
      case 410 -> new DriveProblem(410, "gone", "Gone");
      case 429 -> new DriveProblem(429, "rateLimitExceeded", "Rate limit exceeded.");
      case 500 -> new DriveProblem(500, "internalError", "Internal Error");
      default -> new DriveProblem(status, "backendError", "Backend Error");
    };
  }

  static DriveProblem notFound(String id) {
    return new DriveProblem(404, "notFound", "File not found: " + id + ".");
  }

  static DriveProblem invalid(String message) {
    return new DriveProblem(400, "invalid", message);
  }

  static DriveProblem storageFull() {
    return new DriveProblem(
        403, "storageQuotaExceeded", "The user's Drive storage quota has been exceeded.");
  }

  Answer answer() {
    var nodes = JsonNodeFactory.instance;
    var one = nodes.objectNode();
    one.put("domain", status == 403 || status == 429 ? "usageLimits" : "global");
    one.put("reason", reason);
    one.put("message", getMessage());
    var error = nodes.objectNode();
    error.set("errors", nodes.arrayNode().add(one));
    error.put("code", status);
    error.put("message", getMessage());
    ObjectNode body = nodes.objectNode().set("error", error);
    return Answer.json(status, body)
        .with(status == 401 ? Map.of("WWW-Authenticate", "Bearer error=invalid_token") : Map.of());
  }
}
