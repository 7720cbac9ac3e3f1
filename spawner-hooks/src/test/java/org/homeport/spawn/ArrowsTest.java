package org.homeport.spawn;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.homeport.spawn.files.Directory;

/** The arrows between the rooms of the spawner hooks. */
@AnalyzeClasses(packages = "org.homeport.spawn", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  /**
   * From the story down to the words that every package uses; no arrow runs up or in a circle. The
   * files know no policy, and so nothing but the refusals' words.
   */
  @ArchTest
  static final ArchRule arrowsRunDownward =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.homeport.spawn..")
          .layer("story")
          .definedBy("org.homeport.spawn")
          .layer("home")
          .definedBy("org.homeport.spawn.home..")
          .optionalLayer("seed")
          .definedBy("org.homeport.spawn.seed..")
          .layer("mount")
          .definedBy("org.homeport.spawn.mount..")
          .layer("image")
          .definedBy("org.homeport.spawn.image..")
          .layer("files")
          .definedBy("org.homeport.spawn.files..")
          .layer("identity")
          .definedBy("org.homeport.spawn.identity..")
          .layer("words")
          .definedBy(
              "org.homeport.spawn.refusal",
              "org.homeport.spawn.progress",
              "org.homeport.spawn.hash",
              "org.homeport.spawn.text")
          .whereLayer("story")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("home")
          .mayOnlyAccessLayers("seed", "files", "image", "identity", "words")
          .whereLayer("seed")
          .mayOnlyAccessLayers("files", "image", "identity", "words")
          .whereLayer("mount")
          .mayOnlyAccessLayers("files", "identity", "words")
          .whereLayer("files")
          .mayOnlyAccessLayers("words")
          .whereLayer("image")
          .mayOnlyAccessLayers("words")
          .whereLayer("identity")
          .mayOnlyAccessLayers("words")
          .whereLayer("words")
          .mayNotAccessAnyLayer();

  /** Whoever opens a folder by its path follows the links on the way, which users can make. */
  @ArchTest
  static final ArchRule onlyHomeFilesOpenTheFoldersOfHomes =
      noClasses()
          .that()
          .doNotHaveSimpleName("HomeFiles")
          .and()
          .doNotHaveSimpleName("HomeMaker")
          .should()
          .callMethod(Directory.class, "open", Path.class)
          .because("HomeFiles is the only door to homes; HomeMaker opens the skeleton");

  /** The library knows no HTTP, no Docker, no SQL: only Java, the kernel, and JSON. */
  @ArchTest
  static final ArchRule theLibraryStandsOnFewOthers =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.homeport.spawn..",
              "java..",
              "com.sun.jna..",
              "com.fasterxml.jackson..",
              "org.slf4j..");

  @ArchTest
  static final ArchRule theLibraryKnowsNoHttpAndNoSql =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "java.net.http.."));
}
