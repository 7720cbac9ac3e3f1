package org.homeport.bridge.remote.drive.fake;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Google's page on which a user lets an application in, or does not. */
final class Consent {
  private final Tokens tokens;

  Consent(Tokens tokens) {
    this.tokens = tokens;
  }

  Answer page(Call call, Collection<String> accounts) {
    tokens.check(call.params());
    var choices = new StringBuilder();
    for (var account : accounts) {
      choices.append("<option>").append(DrivePage.escape(account)).append("</option>");
    }
    return Answer.html(
        DrivePage.frame(
            "Sign in with a pretended Google",
            """
            <form method="post">
            <p><label>Account <select name="account">%s</select></label></p>
            <p>An application wants to</p>
            <p><label><input type="checkbox" name="scope" value="%s" checked>
            %s</label></p>
            <button name="allow" value="yes">Allow</button>
            <button name="allow" value="no">Cancel</button>
            </form>
            """
                .formatted(
                    choices,
                    DrivePage.escape(call.param("scope")),
                    DrivePage.escape(call.param("scope")))));
  }

  Answer decide(Call call) throws IOException {
    var form = Call.form(call.text());
    var scope = form.getOrDefault("scope", "");
    return Answer.redirect(
        form.getOrDefault("allow", "no").equals("yes")
            ? allow(call.params(), form.get("account"), scope)
            : back(call.params(), Map.of("error", "access_denied")));
  }

  /** The address to which the browser is sent, with a code for the grant. */
  String allow(Map<String, String> request, String account, String scope) {
    tokens.check(request);
    var answer = new LinkedHashMap<String, String>();
    answer.put("code", tokens.code(request, account, scope));
    answer.put("scope", scope);
    return back(request, answer);
  }

  private static String back(Map<String, String> request, Map<String, String> answer) {
    var uri = new StringBuilder(request.get("redirect_uri"));
    uri.append("?state=").append(encode(request.getOrDefault("state", "")));
    answer.forEach((name, value) -> uri.append('&').append(name).append('=').append(encode(value)));
    return uri.toString();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
