// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/**
 * The benchmarks use the model, and of the harness only the machine of a storm, which one of them
 * measures: nothing else of it is in benchmarks.jar.
 */
class BenchArchitectureTest {
  private static final JavaClasses BENCHMARKS = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .withImportOption(location -> location.contains("/bench/target/"))
      .importPackages("org.gupstress.bench", "org.gupstress.measure");

  private static DescribedPredicate<JavaClass> ofTheHarness() {
    return DescribedPredicate.describe(
        "of the harness, but no part of a storm",
        type -> type.getPackageName().startsWith("org.gupstress.")
            && type.getSource()
                .filter(each -> isOfStress(each.getUri().toString()))
                .isPresent()
            && !type.getPackageName().equals("org.gupstress.storm"));
  }

  private static boolean isOfStress(String place) {
    return place.contains("/stress/target/") || place.contains("/gupstress-stress");
  }

  @Test
  void ofTheHarnessOnlyTheStormIsUsed() {
    assertThat(BENCHMARKS.stream().map(JavaClass::getSimpleName))
        .contains("HarnessCost", "PinUnpin");
    noClasses().should().dependOnClassesThat(ofTheHarness()).check(BENCHMARKS);
  }

  /** The control: the storm is of the harness, and is used. */
  @Test
  void theStormIsOfTheHarness() {
    assertThat(BENCHMARKS.get("org.gupstress.measure.HarnessCost").getDirectDependenciesFromSelf())
        .anyMatch(each -> each.getTargetClass().getPackageName().equals("org.gupstress.storm")
            && each.getTargetClass()
                .getSource()
                .filter(source -> isOfStress(source.getUri().toString()))
                .isPresent());
  }
}
