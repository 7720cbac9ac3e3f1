package org.homeport.bridge;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.homeport.spawn.files.Directory;

/** The arrows between the rooms of the bridge, and the only users of each library. */
@AnalyzeClasses(packages = "org.homeport.bridge", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  /**
   * From the wiring down to what all features share. The web server knows no feature, and a feature
   * knows neither the API nor the pages that show it.
   */
  @ArchTest
  static final ArchRule arrowsRunDownward =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.homeport.bridge..")
          .withOptionalLayers(true)
          .layer("wiring")
          .definedBy("org.homeport.bridge")
          .layer("api")
          .definedBy("org.homeport.bridge.api")
          .layer("pages")
          .definedBy("org.homeport.bridge.pages")
          .layer("command")
          .definedBy("org.homeport.bridge.command")
          .layer("notify")
          .definedBy("org.homeport.bridge.notify")
          .layer("server")
          .definedBy("org.homeport.bridge.server")
          .layer("environment")
          .definedBy("org.homeport.bridge.environment")
          .layer("home")
          .definedBy("org.homeport.bridge.home")
          .layer("night")
          .definedBy("org.homeport.bridge.night")
          .layer("backup")
          .definedBy("org.homeport.bridge.backup")
          .layer("run")
          .definedBy("org.homeport.bridge.run")
          .layer("index")
          .definedBy("org.homeport.bridge.index")
          .layer("scan")
          .definedBy("org.homeport.bridge.scan")
          .layer("folder")
          .definedBy("org.homeport.bridge.remote.folder")
          .layer("drive")
          .definedBy("org.homeport.bridge.remote.drive")
          .layer("remote")
          .definedBy("org.homeport.bridge.remote")
          .layer("docker")
          .definedBy("org.homeport.bridge.engine.docker")
          .layer("engine")
          .definedBy("org.homeport.bridge.engine")
          .layer("web")
          .definedBy("org.homeport.bridge.web")
          .layer("token")
          .definedBy("org.homeport.bridge.token")
          .layer("schedule")
          .definedBy("org.homeport.bridge.schedule")
          .layer("tree")
          .definedBy("org.homeport.bridge.tree")
          .layer("database")
          .definedBy("org.homeport.bridge.database")
          .layer("settings")
          .definedBy("org.homeport.bridge.settings")
          .layer("log")
          .definedBy("org.homeport.bridge.log")
          .layer("check")
          .definedBy("org.homeport.bridge.check")
          .whereLayer("wiring")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("api")
          .mayOnlyAccessLayers(
              "server",
              "environment",
              "home",
              "night",
              "backup",
              "run",
              "index",
              "scan",
              "remote",
              "drive",
              "engine",
              "web",
              "tree",
              "token",
              "log")
          .whereLayer("pages")
          .mayOnlyAccessLayers(
              "server",
              "environment",
              "home",
              "backup",
              "run",
              "index",
              "scan",
              "remote",
              "drive",
              "engine",
              "web",
              "tree",
              "schedule",
              "token",
              "settings",
              "check",
              "log")
          .whereLayer("command")
          .mayOnlyAccessLayers("web", "token", "settings", "check")
          .whereLayer("notify")
          .mayOnlyAccessLayers("night", "backup", "run", "settings", "check")
          .whereLayer("night")
          .mayOnlyAccessLayers("backup", "run", "tree", "schedule", "database", "settings")
          .whereLayer("server")
          .mayOnlyAccessLayers(
              "environment", "engine", "web", "database", "settings", "check", "log")
          .whereLayer("environment")
          .mayOnlyAccessLayers("engine", "web", "settings", "check")
          .whereLayer("home")
          .mayOnlyAccessLayers("scan", "tree", "database", "settings", "check")
          .whereLayer("backup")
          .mayOnlyAccessLayers(
              "run",
              "index",
              "scan",
              "remote",
              "tree",
              "schedule",
              "database",
              "settings",
              "check",
              "log")
          .whereLayer("run")
          .mayOnlyAccessLayers("remote", "tree", "database", "log")
          .whereLayer("index")
          .mayOnlyAccessLayers("remote", "tree", "database")
          .whereLayer("scan")
          .mayOnlyAccessLayers("run", "remote", "tree", "settings")
          .whereLayer("folder")
          .mayOnlyAccessLayers("remote", "tree", "database")
          .whereLayer("drive")
          .mayOnlyAccessLayers("remote", "tree", "token", "database", "settings", "check")
          .whereLayer("remote")
          .mayOnlyAccessLayers("tree", "database", "settings")
          .whereLayer("docker")
          .mayOnlyAccessLayers("engine", "settings", "check", "log")
          .whereLayer("engine")
          .mayOnlyAccessLayers("log")
          .whereLayer("web")
          .mayOnlyAccessLayers("token", "settings", "check", "log")
          .whereLayer("token")
          .mayOnlyAccessLayers("database")
          .whereLayer("schedule")
          .mayNotAccessAnyLayer()
          .whereLayer("tree")
          .mayOnlyAccessLayers("database")
          .whereLayer("database")
          .mayOnlyAccessLayers("check")
          .whereLayer("settings")
          .mayNotAccessAnyLayer()
          .whereLayer("log")
          .mayOnlyAccessLayers("settings", "check")
          .whereLayer("check")
          .mayOnlyAccessLayers("settings");

  @ArchTest
  static final ArchRule noPackagesAreInACircle =
      slices().matching("org.homeport.bridge.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule databaseAndLogKnowNothingOfSpawns =
      noClasses()
          .that()
          .resideInAnyPackage("org.homeport.bridge.database", "org.homeport.bridge.log")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.homeport.spawn..");

  @ArchTest
  static final ArchRule onlyWhatIsServedKnowsJavalin =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.homeport.bridge.web", "org.homeport.bridge.api", "org.homeport.bridge.pages")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javalin..");

  @ArchTest
  static final ArchRule onlyTheWebServerKnowsJetty =
      only("org.homeport.bridge.web", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule onlyThePagesKnowTemplates =
      only("org.homeport.bridge.pages", "com.samskivert..");

  @ArchTest
  static final ArchRule onlyOneEngineKnowsDocker =
      only("org.homeport.bridge.engine.docker", "com.github.dockerjava..");

  @ArchTest
  static final ArchRule onlyDriveKnowsGoogle =
      only("org.homeport.bridge.remote.drive", "com.google..");

  /** YAML is for what people write: the settings, and the description of the API. */
  @ArchTest
  static final ArchRule onlyTheSettingsAndTheDescriptionKnowYaml =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.homeport.bridge.settings")
          .and()
          .doNotHaveSimpleName("OpenApi")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.yaml..");

  @ArchTest
  static final ArchRule onlyTheDatabaseKnowsItsDriverAndPool =
      only("org.homeport.bridge.database", "org.sqlite..", "com.zaxxer.hikari..");

  @ArchTest
  static final ArchRule onlyTheScheduleKnowsItsLibrary =
      only("org.homeport.bridge.schedule", "com.github.kagkarlsson..");

  /** Each metric is named beside the thing that it measures. */
  @ArchTest
  static final ArchRule onlyMetricsKnowPrometheus =
      noClasses()
          .that()
          .haveSimpleNameNotContaining("Metrics")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.prometheus..");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.homeport.bridge", "org.homeport.bridge.command")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  /** A package that a stranger has to search is two packages. */
  @ArchTest
  static void noPackageHoldsMoreThanFortyFiles(JavaClasses classes) {
    assertThat(
            classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .collect(groupingBy(JavaClass::getPackageName, counting())))
        .allSatisfy((name, files) -> assertThat(files).as(name).isLessThanOrEqualTo(40));
  }

  /** A story may hold a transaction open over several tables; what is asked in it, tables say. */
  @ArchTest
  static final ArchRule sqlIsWrittenInTables =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.homeport.bridge.database")
          .and()
          .haveNameNotMatching(".*Table(\\$.*)?")
          .should()
          .callMethodWhere(
              target(owner(assignableTo("org.jdbi.v3.core.Handle")))
                  .and(target(nameMatching("create.*|prepare.*|execute|select"))))
          .because("queries are easy to find there");

  /** Whoever opens a folder by its path follows the links on the way, which users can make. */
  @ArchTest
  static final ArchRule homesAreOpenedThroughTheirDoor =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.homeport.bridge.remote.folder")
          .should()
          .callMethod(Directory.class, "open", Path.class)
          .because("HomeFiles is the only door to homes");

  private static ArchRule only(String user, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }
}
