package org.homeport.bridge.remote.drive.fake;

import java.util.Collection;
import java.util.Comparator;

/** A page that shows what lies in the pretended Drives, for demonstrations. */
final class DrivePage {
  private DrivePage() {}

  static Answer of(Collection<FakeAccount> accounts) {
    var body = new StringBuilder();
    for (var account : accounts) {
      body.append("<h2>").append(escape(account.email())).append("</h2>\n<table>\n");
      body.append("<tr><th>Name<th>Size<th>Modified<th>Versions<th></tr>\n");
      account.corpus.all().stream()
          .sorted(Comparator.comparing(StoredFile::path))
          .forEach(file -> body.append(row(account, file)));
      body.append("</table>\n");
    }
    return Answer.html(frame("A pretended Drive", body.toString()));
  }

  private static String row(FakeAccount account, StoredFile file) {
    var folder = file.isFolder();
    var name = (folder ? "📁 " : "") + escape(file.name);
    var at = "/page/" + escape(account.email()) + "/" + escape(file.id);
    return """
        <tr%s><td style="padding-left:%dem">%s<td>%s<td>%s<td>%s
        <td><form method="post" action="%s"><button name="do" value="%s">%s</button></form></tr>
        """
        .formatted(
            file.isTrashed() ? " class=\"trashed\"" : "",
            file.depth(),
            folder ? name : "<a href=\"" + at + "\">" + name + "</a>",
            folder ? "" : Long.toString(file.current().blob.size()),
            StoredFile.TIME.format(file.modified),
            folder ? "" : Integer.toString(file.versions.size()),
            at,
            file.trashed ? "untrash" : "trash",
            file.trashed ? "Restore" : "Move to trash");
  }

  static String frame(String title, String body) {
    return """
        <!doctype html><html lang="en"><meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>%1$s</title>
        <style>
        body { font: 16px system-ui; max-width: 60em; margin: 2em auto; padding: 0 1em }
        td, th { text-align: left; padding: .2em 1em } .trashed { text-decoration: line-through }
        </style>
        <h1>%1$s</h1>
        <p>This is not Google. It behaves like Google Drive for tests and demonstrations.</p>
        %2$s
        """
        .formatted(title, body);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
