// SPDX-License-Identifier: Apache-2.0
package org.gupstress;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The arrows between the packages of the harness go one way; a back arrow fails the build. Every
 * engine plans, runs and owns its rows with their reader and writer; one package owns the result
 * file; the report holds views of rows.
 */
class StressArchitectureTest {
  /** A package uses only packages to its left, and the model. */
  static final List<String> LAYERS = List.of(
      "process",
      "load",
      "result",
      "dossier",
      "userfile",
      "outcome",
      "sampling",
      "storm",
      "trace",
      "court",
      "benchmark",
      "measure",
      "report",
      "cli");

  private static final JavaClasses ALL = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("org.gupstress");

  private static final JavaClasses HARNESS = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .withImportOption(location -> !location.contains("/gupstress-model"))
      .withImportOption(location -> !location.contains("/model/target/"))
      .importPackages("org.gupstress");

  @ParameterizedTest
  @FieldSource("LAYERS")
  void aPackageUsesOnlyPackagesBelowIt(String layer) {
    String[] above = packages(LAYERS.subList(LAYERS.indexOf(layer) + 1, LAYERS.size()));
    if (above.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(packageOf(layer))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .check(ALL);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sampling,storm",
    "outcome,userfile",
    "storm,outcome",
    "storm,sampling",
    "trace,outcome",
    "trace,sampling",
    "trace,storm",
    "trace,userfile",
    "court,storm",
    "court,trace",
    "benchmark,trace",
    "benchmark,outcome",
    "benchmark,sampling",
    "benchmark,storm",
    "benchmark,userfile",
    "report,measure"
  })
  void enginesDoNotKnowEachOther(String engine, String other) {
    noClasses()
        .that()
        .resideInAPackage(packageOf(engine))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packageOf(other))
        .check(ALL);
  }

  @Test
  void everyClassIsInAKnownPackage() {
    assertThat(HARNESS.stream().map(JavaClass::getSimpleName)).contains("ResultFile");
    classes().should().resideInAnyPackage(packages(LAYERS)).check(HARNESS);
  }

  @Test
  void nothingUsesWhatMeasuresTheTool() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.gupstress.measure..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.gupstress.measure..")
        .check(ALL);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.gupstress.(*)..").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void noTwoClassesHaveOneName() {
    Map<String, String> known = new TreeMap<>();
    for (JavaClass type : HARNESS) {
      if (type.isTopLevelClass() && !type.getSimpleName().equals("package-info")) {
        String other = known.put(type.getSimpleName(), type.getName());
        assertThat(other).as("the name of " + type.getName()).isIn(null, "");
      }
    }
    assertThat(known).containsKeys("ResultFile", "Main");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.HdrHistogram..|dossier,storm,trace,report",
        "org.objectweb.asm..|userfile",
        "org.openjdk.jcstress..|outcome,sampling",
        "org.hipparchus..|benchmark",
        "com.fasterxml.jackson..|result,dossier,court,sampling,storm,trace,benchmark,report",
        "me.tongfei.progressbar..|cli",
        "picocli..|cli"
      })
  void aLibraryIsUsedWhereItIsNeeded(String library, String layers) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages(List.of(layers.split(",", -1))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(HARNESS);
  }

  private static String[] packages(List<String> layers) {
    return layers.stream().map(StressArchitectureTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String layer) {
    return "org.gupstress." + layer + "..";
  }
}
