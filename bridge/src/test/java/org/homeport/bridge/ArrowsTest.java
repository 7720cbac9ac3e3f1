package org.homeport.bridge;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in the bridge, and who alone may know a library. */
@AnalyzeClasses(packages = "org.homeport.bridge", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  /**
   * From the wiring down to the features. The pages are served beside the API and refuse in its
   * words. The API knows the engine's two exceptions, to say 503 when the engine is away. What is
   * known of homes is apart from servers: either lives without the other.
   */
  @ArchTest
  static final ArchRule arrowsRunDownward =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.homeport.bridge..")
          .layer("wiring")
          .definedBy("org.homeport.bridge")
          .layer("pages")
          .definedBy("org.homeport.bridge.pages")
          .layer("api")
          .definedBy("org.homeport.bridge.api")
          .layer("server")
          .definedBy("org.homeport.bridge.server")
          .layer("home")
          .definedBy("org.homeport.bridge.home")
          .layer("token")
          .definedBy("org.homeport.bridge.token")
          .layer("backup")
          .definedBy("org.homeport.bridge.backup..")
          .layer("schedule")
          .definedBy("org.homeport.bridge.schedule")
          .layer("engine")
          .definedBy("org.homeport.bridge.engine")
          .layer("database")
          .definedBy("org.homeport.bridge.database")
          .layer("settings")
          .definedBy("org.homeport.bridge.settings")
          .layer("log")
          .definedBy("org.homeport.bridge.log")
          .whereLayer("wiring")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("pages")
          .mayOnlyAccessLayers("api", "server", "home", "backup", "engine")
          .whereLayer("api")
          .mayOnlyAccessLayers("server", "home", "backup", "token", "engine", "log")
          .whereLayer("server")
          .mayOnlyAccessLayers("engine", "database", "log")
          .whereLayer("home")
          .mayOnlyAccessLayers("database")
          .whereLayer("token")
          .mayOnlyAccessLayers("database")
          .whereLayer("backup")
          .mayOnlyAccessLayers("database", "log")
          .whereLayer("schedule")
          .mayNotAccessAnyLayer()
          .whereLayer("engine")
          .mayOnlyAccessLayers("log")
          .whereLayer("database")
          .mayNotAccessAnyLayer()
          .whereLayer("settings")
          .mayNotAccessAnyLayer()
          .whereLayer("log")
          .mayNotAccessAnyLayer();

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
  static final ArchRule onlyTheApiAndThePagesKnowJavalin =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.homeport.bridge.api", "org.homeport.bridge.pages")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javalin..");

  @ArchTest
  static final ArchRule onlyTheApiKnowsJetty =
      only("org.homeport.bridge.api", "org.eclipse.jetty..");

  @ArchTest
  static final ArchRule onlyThePagesKnowTemplates =
      only("org.homeport.bridge.pages", "com.samskivert..");

  @ArchTest
  static final ArchRule onlyTheEngineKnowsDocker =
      only("org.homeport.bridge.engine", "com.github.dockerjava..");

  @ArchTest
  static final ArchRule onlyDriveKnowsGoogle =
      only("org.homeport.bridge.backup.drive", "com.google..");

  /** What people write is YAML: the settings, and the description of the API. */
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

  /** What is measured is named beside what it is measured of. */
  @ArchTest
  static final ArchRule onlyMetricsKnowPrometheus =
      noClasses()
          .that()
          .haveSimpleNameNotContaining("Metrics")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.prometheus..");

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli = only("org.homeport.bridge", "picocli..");

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
          .because("whoever looks for a query knows where it is");

  private static ArchRule only(String user, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }
}
