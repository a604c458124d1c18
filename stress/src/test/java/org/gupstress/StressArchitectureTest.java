// SPDX-License-Identifier: Apache-2.0
package org.gupstress;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may use whom in the harness; the model's classes are looked at as well. */
class StressArchitectureTest {
  private static final JavaClasses ALL = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("org.gupstress");

  @Test
  void reportsDoNotUseTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("org.gupstress.report..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.gupstress.cli..")
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void theStormUsesTheModelAlone() {
    noClasses()
        .that()
        .resideInAPackage("org.gupstress.storm..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.gupstress.report..",
            "org.gupstress.cli..",
            "org.gupstress.outcome..",
            "org.gupstress.sampling..")
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void onlyTheStormAndItsReportsUseHistograms() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.gupstress.storm..", "org.gupstress.report..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.HdrHistogram..")
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void onlyWhatLoadsTheCodeOfUsersReadsClassFiles() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.gupstress.userfile..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.objectweb.asm..")
        .check(ALL);
  }

  @Test
  void whatLoadsTheCodeOfUsersUsesTheModelAlone() {
    noClasses()
        .that()
        .resideInAPackage("org.gupstress.userfile..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.gupstress.report..",
            "org.gupstress.cli..",
            "org.gupstress.outcome..",
            "org.gupstress.sampling..",
            "org.gupstress.storm..")
        .check(ALL);
  }

  @Test
  void onlyTheOutcomeTestsUseJcstress() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.gupstress.outcome..", "org.gupstress.sampling..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.openjdk.jcstress..")
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void onlyCostsAreCalculatedWithHipparchus() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.gupstress.benchmark..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.hipparchus..")
        .allowEmptyShould(true)
        .check(ALL);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("org.gupstress.(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(ALL);
  }
}
