package org.homeport.bridge.pages;

import static org.homeport.bridge.pages.Page.get;
import static org.homeport.bridge.pages.Page.post;

import java.util.List;
import java.util.Optional;
import org.homeport.bridge.remote.drive.DriveAccounts;
import org.homeport.bridge.token.Secret;
import org.homeport.bridge.web.Refused;

/** The way of a user to Google, where they consent, and back; and the end of it. */
public final class DrivePages implements Chapter {
  private final Optional<DriveAccounts> drive;

  /**
   * @param confirmed whether Google has said that it is over
   */
  private record Disconnected(String base, boolean confirmed) {}

  private record Connected(String base, String email) {}

  public DrivePages(Optional<DriveAccounts> drive) {
    this.drive = drive;
  }

  @Override
  public List<Page> pages() {
    return List.of(
        get(Pages.HOME + "/drive/connect", this::connect),
        post(Pages.HOME + "/drive/disconnect", this::disconnect),
        get("drive", this::finish));
  }

  void connect(Visit visit) {
    visit.go(accounts().begin(visit.owner(), visit.session().drive()).toString());
  }

  /** Google sends everybody to one address, so whose consent it is the session says. */
  void finish(Visit visit) {
    var user = visit.session().user();
    if (visit.query("code").isEmpty() || visit.query("state").isEmpty()) {
      throw new Refused(
          409,
          "not-consented",
          "Google Drive was not connected: " + visit.query("error"),
          "Start again from Homeport's page, and agree in Google's.");
    }
    var connection =
        accounts()
            .finish(
                user,
                visit.session().drive(),
                new Secret(visit.query("state")),
                new Secret(visit.query("code")));
    visit.show(
        "connected",
        "Google Drive is connected",
        new Connected(visit.home(user), connection.email()));
  }

  void disconnect(Visit visit) {
    var user = visit.user();
    var confirmed = accounts().disconnect(user);
    visit.show(
        "disconnected",
        "Google Drive is disconnected",
        new Disconnected(visit.home(user), confirmed));
  }

  private DriveAccounts accounts() {
    return drive.orElseThrow(() -> Refused.notFound("page", "drive"));
  }
}
