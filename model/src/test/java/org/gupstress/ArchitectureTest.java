// SPDX-License-Identifier: Apache-2.0
package org.gupstress;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The arrows between the packages of the model go one way; a back arrow fails the build. */
class ArchitectureTest {
  /** A package uses only packages to its left. */
  static final List<String> LAYERS = List.of(
      "memory",
      "page",
      "lru",
      "vm",
      "gup",
      "fs",
      "reclaim",
      "design",
      "claim",
      "race",
      "scenario",
      "explore",
      "litmus",
      "text",
      "audit");

  private static final JavaClasses MODEL = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("org.gupstress");

  @ParameterizedTest
  @FieldSource("LAYERS")
  void aPackageUsesOnlyPackagesBelowIt(String layer) {
    int own = LAYERS.indexOf(layer);
    String[] above = packages(LAYERS.subList(own + 1, LAYERS.size()));
    noClasses()
        .that()
        .resideInAPackage(packageOf(layer))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .allowEmptyShould(true)
        .check(MODEL);
  }

  @Test
  void theFileSystemDoesNotUseGup() {
    // The other direction is a back arrow already.
    noClasses()
        .that()
        .resideInAPackage(packageOf("fs"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packageOf("gup"))
        .allowEmptyShould(true)
        .check(MODEL);
  }

  @Test
  void everyClassIsInAKnownPackage() {
    classes()
        .should()
        .resideInAnyPackage(packages(LAYERS))
        .allowEmptyShould(true)
        .check(MODEL);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("org.gupstress.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(MODEL);
  }

  @Test
  void theModelDependsOnTheJdkAlone() {
    // jdk.management is a module of the JDK; JSpecify annotates the source and is not needed at run
    // time.
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..", "com.sun.management", "org.gupstress..", "org.jspecify.annotations")
        .allowEmptyShould(true)
        .check(MODEL);
  }

  private static String[] packages(List<String> layers) {
    return layers.stream().map(ArchitectureTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String layer) {
    return "org.gupstress." + layer + "..";
  }
}
