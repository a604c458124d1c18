// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Explorer;
import org.gupstress.explore.Options;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Result;
import org.gupstress.page.Kernel;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.gupstress.userfile.OwnCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What new writes can be judged at once; what it cannot write, it does not begin. */
class NewCommandTest {
  @TempDir
  private Path directory;

  private CommandLineRun run(String... words) {
    return CommandLineRun.of(words);
  }

  private String json() {
    return directory.resolve("result.json").toString();
  }

  @Test
  void aNewDesignIsLinuxAsItWas() {
    OwnFile design = OwnFile.design(directory, "MyPin");
    CommandLineRun audit = run("audit", "--design", design + ",get-page", "--json", json());
    assertThat(audit.err()).isEmpty();
    assertThat(audit.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    String cell = "(n/a|holds|R-20|R-29|R-32)";
    assertThat(audit.lines().stream().filter(line -> line.matches("[a-z-]+ +" + cell + " +.*")))
        .hasSize(12)
        .allMatch(line -> line.matches("[a-z-]+ +" + cell + " +\\1"));
  }

  @Test
  void aNewDesignNamesEveryHook() throws ReflectiveOperationException {
    String text = OwnFile.design(directory, "MyPin").text();
    for (var hook : Class.forName("org.gupstress.design.PinDesign").getMethods()) {
      if (hook.getName().equals("isNegativeControl")) {
        continue; // says of a shipped design that it is known to be broken
      }
      assertThat(text)
          .containsPattern("public [a-zA-Z<>]+ " + hook.getName() + "\\([^\n]*} // [a-z]");
    }
    assertThat(text.lines()).hasSizeLessThanOrEqualTo(100).allMatch(line -> line.length() <= 120);
  }

  @Test
  void theExampleOfANewDesignCounts() throws IOException {
    OwnFile design = OwnFile.design(directory, "MyPin");
    String text = design.text();
    Matcher example = Pattern.compile("(?m)^  // (.*)\n").matcher(text);
    StringBuilder lines = new StringBuilder();
    while (example.find()) {
      if (!example.group(1).startsWith("An example")
          && !example.group(1).startsWith("----")
          && !example.group(1).startsWith("or: ")) {
        lines.append(example.group(1)).append('\n');
      }
    }
    String rest = text;
    Matcher method = Pattern.compile("public \\w+ (\\w+)\\(").matcher(lines);
    while (method.find()) {
      rest = rest.replaceFirst("(?m)^  public \\w+ " + method.group(1) + "\\(.*\n", "");
    }
    int end = rest.lastIndexOf('}');
    Files.writeString(
        directory.resolve("MyPin.java"), rest.substring(0, end) + lines + rest.substring(end));
    CommandLineRun run = run("explore", "--design", "" + design, "--scenario", "pin-vs-reclaim");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(run.out()).containsPattern("pin-visible +holds");
  }

  @ParameterizedTest
  @ValueSource(strings = {"foll-pin", "page-ext", "rfc-fixed"})
  void aShippedDesignInAFileIsTheSame(String id) throws Exception {
    OwnFile file = OwnFile.copy(directory, "MyPin", id);
    assertThat(file.text()).contains("public final class MyPin").doesNotContain("\"" + id + "\"");
    PinDesign copy = new OwnCode("").design("" + file);
    PinDesign original = Designs.find(id).orElseThrow();
    List<Scenario> all = Catalogue.all();
    int compared = 0;
    for (int i = 0; i < all.size(); i += 9) {
      for (Kernel kernel : Kernel.usual()) {
        compared++;
        assertThat(found(copy, all.get(i), kernel))
            .as("%s, %s", all.get(i).id(), kernel)
            .isEqualTo(found(original, all.get(i), kernel));
      }
    }
    assertThat(compared).isGreaterThan(20);
  }

  /** The control: one change of the copy is seen. */
  @Test
  void aChangedCopyIsNotTheSame() throws Exception {
    OwnFile file = OwnFile.copy(directory, "MyPin", "page-ext")
        .replace("mm.memory().add32(mm.ext(page), -1);", "");
    PinDesign copy = new OwnCode("").design("" + file);
    Scenario scenario = Catalogue.all().get(0);
    assertThat(found(copy, scenario, Kernel.PRODUCTION))
        .isNotEqualTo(found(Designs.find("page-ext").orElseThrow(), scenario, Kernel.PRODUCTION));
  }

  /** All that a run says, but for the name of the design. */
  private static String found(PinDesign design, Scenario scenario, Kernel kernel) {
    Result result = Explorer.explore(Plan.usual(design, scenario, kernel), Options.DEFAULT);
    StringBuilder text = new StringBuilder();
    text.append(result.states()).append(' ').append(result.transitions()).append(' ');
    text.append(result.interleavings()).append(' ').append(result.unmet());
    result
        .violations()
        .forEach((harm, v) -> text.append("\n").append(harm.id()).append(": ").append(v.text()));
    return text.toString().replace(design.id(), "DESIGN");
  }

  @Test
  void aNewScenarioShowsTheRaceThatItIsAbout() {
    OwnFile scenario = OwnFile.scenario(directory, "MyRace");
    CommandLineRun bad = run("explore", "--design", "rfc-oct", "--scenario", "" + scenario);
    assertThat(bad.err()).isEmpty();
    assertThat(bad.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(bad.out()).contains("pin-uncounted").doesNotContain("never met");
    CommandLineRun good = run("explore", "--design", "foll-pin", "--scenario", "" + scenario);
    assertThat(good.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(good.out()).contains("complete").doesNotContain("never met");
    assertThat(scenario.text().lines()).hasSizeLessThanOrEqualTo(30);
  }

  @Test
  void aDutyShowsUnderItsOwnNameAndSoDoesItsRow() throws IOException {
    OwnFile scenario = OwnFile.scenario(directory, "MyRace")
        .replace(
            "sometimes(",
            "duty(org.gupstress.claim.Harm.NOT_MOVED, \"still-here\", \"page0 is where it was\","
                + " m -> false);\n    sometimes(");
    CommandLineRun run =
        run("explore", "--design", "foll-pin", "--scenario", "" + scenario, "--json", json());
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(run.out())
        .contains(
            "still-here (not-moved), in ", "=> still-here (not-moved): page0 is where it was");
    assertThat(Files.readString(Path.of(json())).replaceAll("\\s+", ""))
        .contains("\"harm\":\"not-moved\",\"name\":\"still-here\",\"text\":\"page0iswhereitwas\"");
    assertThat(run(
                "explore",
                "--design",
                "foll-pin",
                "--scenario",
                "" + scenario,
                "--trace",
                "still-here")
            .out())
        .contains("=> still-here (not-moved): page0 is where it was");
  }

  @Test
  void theCourtHasADutyUnderItsOwnName() throws IOException {
    OwnFile design = OwnFile.design(directory, "MyPin");
    OwnFile scenario = OwnFile.scenario(directory, "MyRace")
        .replace(
            "sometimes(",
            "duty(org.gupstress.claim.Harm.NOT_MOVED, \"still-here\", \"page0 is where it was\","
                + " m -> false);\n    sometimes(");
    CommandLineRun audit = run(
        "audit",
        "--design",
        "foll-pin," + design,
        "--scenario",
        "pin-unpin," + scenario,
        "--json",
        json());
    assertThat(audit.out().replaceAll("\\s+", " "))
        .contains("still-here (not-moved) in my-race: so do get-page, page-ext and foll-pin")
        .contains("foll-pin: still-here (not-moved) in my-race");
    CommandLineRun report = run("report", json());
    assertThat(report.out()).contains("still-here (not-moved)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "MyPin.txt|expected a class name and .java",
        "MyPin|expected a class name and .java",
        "my-pin.java|expected a class name and .java",
        "mypin.java|expected a class name and .java",
        "9Pins.java|expected a class name and .java",
        "My_Pin.java|expected a class name and .java",
        ".java|expected a class name and .java",
        "Mm.java|Mm is the name of something that the class uses",
        "String.java|String is the name of something that the class uses",
        "Math.java|Math is the name of a class of java.lang",
        "Class.java|Class is the name of a class of java.lang",
        "FollPin.java|a shipped one with the name foll-pin",
        "nowhere/MyPin.java|no such directory, or no permission",
        "AnExtraordinarilyLongNameForOneSingleDesign.java|at most 39 more letters"
      })
  void refusesWhatCannotBeAClass(String file, String says) {
    CommandLineRun refused = run("new", directory.resolve(file).toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).startsWith("gupstress: ").contains(says);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesAScenarioThatIsThere() {
    CommandLineRun refused =
        run("new", "--scenario", directory.resolve("PinUnpin.java").toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void neverWritesOverAnything() throws IOException {
    Path file = Files.writeString(directory.resolve("MyPin.java"), "mine");
    CommandLineRun refused = run("new", file.toString());
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err()).contains("exists; new does not write over anything");
    assertThat(file).hasContent("mine");
    Files.createDirectory(directory.resolve("MyDir.java"));
    assertThat(run("new", directory.resolve("MyDir.java").toString()).status())
        .isEqualTo(ExitStatus.USAGE);
  }
}
