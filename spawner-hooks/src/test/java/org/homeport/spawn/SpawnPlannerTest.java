package org.homeport.spawn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.homeport.spawn.Refusals.assertRefused;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.homeport.spawn.SpawnPlanner.StartIn;
import org.homeport.spawn.home.EnvironmentFolders;
import org.homeport.spawn.home.MemoryEnvironmentLedger;
import org.homeport.spawn.identity.Account;
import org.homeport.spawn.identity.Accounts;
import org.homeport.spawn.identity.HubUser;
import org.homeport.spawn.identity.ServerName;
import org.homeport.spawn.image.ImageName;
import org.homeport.spawn.image.ImagePattern;
import org.homeport.spawn.image.ImagePolicy;
import org.homeport.spawn.mount.DataSource;
import org.homeport.spawn.mount.DataSources;
import org.homeport.spawn.mount.Mount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnPlannerTest {
  private static final HubUser ADA = HubUser.of("ada");
  private static final ImageName IMAGE = ImageName.of("plasmabio/template-python:12345");
  private static final Path HOME = Path.of("/home/ada");
  private static final Path FOLDER = HOME.resolve("plasmabio-template-python-12345");
  private static final Path DATA = Path.of("/srv/data");
  private static final Account ACCOUNT =
      new Account("ada", 1001, 1001, List.of(new Account.Group("course-a", 2001)), HOME);

  @TempDir Path folder;

  private final MemoryEnvironmentLedger ledger = new MemoryEnvironmentLedger();
  private final NewAccounts accounts = new NewAccounts();

  /** One account, which is there once it was asked for. */
  private static final class NewAccounts implements Accounts {
    private Account account = ACCOUNT;
    private Optional<Account> made = Optional.empty();

    @Override
    public Account of(HubUser user) {
      made = Optional.of(account);
      return account;
    }

    @Override
    public Optional<Account> find(HubUser user) {
      return made;
    }
  }

  @Test
  void aPlanIsTheAccountTheFolderTheMountsAndTheVariables() {
    var plan = planner(StartIn.ENVIRONMENT, new DataSource(folder, DATA, false)).plan(request());

    assertThat(plan)
        .returns(ADA, SpawnPlan::user)
        .returns(ServerName.DEFAULT, SpawnPlan::serverName)
        .returns(IMAGE, SpawnPlan::image)
        .returns(ACCOUNT, SpawnPlan::account)
        .returns(FOLDER, SpawnPlan::environmentFolder)
        .returns(
            List.of(new Mount(HOME, HOME, false), new Mount(folder, DATA, true)), SpawnPlan::mounts)
        .returns(List.of(), SpawnPlan::warnings);
    assertThat(plan.environment())
        .hasToString(
            "{HOME=/home/ada, LOGNAME=ada, NB_GID=1001, NB_UID=1001, NB_USER=ada, USER=ada}");
  }

  @Test
  void aGroupThatNoContainerCanHaveIsLeftOutAndNamed() {
    var course = new Account.Group("course-a", 2001);
    accounts.account =
        ACCOUNT.withGroups(List.of(course, new Account.Group("everybody", 3_000_000_000L)));

    var plan = planner(StartIn.ENVIRONMENT).plan(request());

    assertThat(plan.account().groups()).containsExactly(course);
    assertThat(plan.warnings())
        .singleElement()
        .asString()
        .contains("'everybody'", "3000000000", "2147483647");
  }

  @Test
  void anAccountThatNoContainerCanRunAsIsRefused() {
    accounts.account = new Account("ada", 3_000_000_000L, 1001, List.of(), HOME);

    assertRefused(
        () -> planner(StartIn.ENVIRONMENT).plan(request()), "account-not-allowed", "3000000000");
  }

  @Test
  void aServerStartsInTheEnvironmentFolderOrInTheHome() {
    assertThat(planner(StartIn.ENVIRONMENT).plan(request()).workingDirectory()).isEqualTo(FOLDER);
    assertThat(planner(StartIn.HOME).plan(request()).workingDirectory()).isEqualTo(HOME);
  }

  @Test
  void theSameRequestHasTheSamePlan() {
    var planner = planner(StartIn.ENVIRONMENT);

    assertThat(planner.plan(request())).isEqualTo(planner.plan(request()));
  }

  @Test
  void anImageThatIsNotAllowedMakesNoAccountAndNoFolder() {
    var request = new SpawnRequest(ADA, ServerName.DEFAULT, ImageName.of("evil/miner"), List.of());

    assertRefused(
        () -> planner(StartIn.ENVIRONMENT).plan(request), "image-not-allowed", "evil/miner:latest");
    assertThat(accounts.made).isEmpty();
    assertThat(ledger.foldersOf(ADA)).isEmpty();
  }

  @Test
  void dataThatIsLeftOutWarnsThePlan() {
    var missing = new DataSource(folder.resolve("missing"), DATA, true);

    assertThat(planner(StartIn.ENVIRONMENT, missing).plan(request()).warnings())
        .singleElement()
        .asString()
        .contains("/srv/data");
  }

  @Test
  void aPreviewIsThePlanThatWouldBeMade() {
    var planner = planner(StartIn.ENVIRONMENT, new DataSource(folder, DATA, false));
    accounts.of(ADA);

    var preview = planner.preview(request());

    assertThat(ledger.foldersOf(ADA)).isEmpty();
    assertThat(preview).isEqualTo(planner.plan(request()));
  }

  @Test
  void aPreviewMakesNoAccount() {
    assertRefused(
        () -> planner(StartIn.ENVIRONMENT).preview(request()), "account-missing", "'ada'");
    assertThat(accounts.made).isEmpty();
  }

  private SpawnPlanner planner(StartIn startIn, DataSource... data) {
    return new SpawnPlanner(
        new ImagePolicy(List.of(ImagePattern.of("plasmabio/*"))),
        accounts,
        new EnvironmentFolders(ledger),
        Stream.of(data).reduce(DataSources.NONE, DataSources::and, (one, other) -> other),
        startIn);
  }

  private static SpawnRequest request() {
    return new SpawnRequest(ADA, ServerName.DEFAULT, IMAGE, List.of("course-a"));
  }
}
