// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.gupstress.benchmark.FakeJmh;
import org.gupstress.storm.StormEngine;
import org.gupstress.storm.Storms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** Every command that has results writes them as JUnit XML, which says what the status says. */
class JunitOptionTest {
  @TempDir
  private Path directory;

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private CommandLineRun run(String words, String... more) {
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.addAll(List.of(more));
    all.addAll(List.of("--json", file("result.json"), "--junit", file("junit.xml")));
    StormEngine engine = Storms::fake;
    return CommandLineRun.of(engine, all.toArray(String[]::new));
  }

  private Document xml(String name) {
    try {
      SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(JunitOptionTest.class.getResource("junit.xsd"))
          .newValidator()
          .validate(new StreamSource(directory.resolve(name).toFile()));
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(directory.resolve(name).toFile());
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<Element> all(Document xml, String name) {
    return IntStream.range(0, xml.getElementsByTagName(name).getLength())
        .mapToObj(i -> (Element) xml.getElementsByTagName(name).item(i));
  }

  private List<String> names(String element) {
    return all(xml("junit.xml"), element).map(each -> each.getAttribute("name")).toList();
  }

  /** A report of the rows says the same. */
  private void assertReportWritesTheSame() throws IOException {
    CommandLineRun.of("report", file("result.json"), "--junit", file("again.xml"));
    assertThat(directory.resolve("again.xml"))
        .content()
        .isEqualTo(Files.readString(directory.resolve("junit.xml")));
  }

  @Test
  void anAuditThatIsAsExpectedHasNoFailure() throws IOException {
    assertThat(run("audit --design rfc-nov,get-page --scenario pin-vs-drain").status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(names("testsuite")).containsExactly("rfc-nov", "get-page");
    assertThat(names("testcase")).contains("pin-vs-drain/production/never-stranded");
    assertThat(all(xml("junit.xml"), "failure")).isEmpty();
    // what is known of the design is told
    assertThat(all(xml("junit.xml"), "system-out"))
        .anySatisfy(out -> assertThat(out.getTextContent())
            .contains("R-0", "gupstress replay", "rfc-nov/pin-vs-drain/"));
    assertReportWritesTheSame();
  }

  /** The control: a claim that nobody expects to be violated is a failure, with its story. */
  @Test
  void aViolatedClaimIsAFailureWithItsCounterexample() throws IOException {
    OwnFile own = OwnFile.design(directory, "MyPin").answering("return false;");
    assertThat(run("audit --scenario pin-unpin --design", own.path().toString()).status())
        .isEqualTo(ExitStatus.SURPRISED);
    List<Element> failures = all(xml("junit.xml"), "failure").toList();
    assertThat(failures).isNotEmpty();
    assertThat(failures).allSatisfy(failure -> {
      assertThat(failure.getAttribute("message")).isNotEmpty();
      assertThat(failure.getTextContent()).contains("gupstress replay", "my-pin/pin-unpin/");
      assertThat(failure.getTextContent().lines()).allMatch(line -> line.length() <= 72);
    });
    assertThat(failures)
        .anySatisfy(failure -> assertThat(failure.getTextContent()).contains("In a kernel: "));
    assertReportWritesTheSame();
  }

  @Test
  void anExploration() throws IOException {
    run("explore --design rfc-nov --scenario pin-vs-drain");
    assertThat(names("testsuite")).containsExactly("rfc-nov");
    assertThat(names("testcase")).contains("pin-vs-drain/production/never-stranded");
    assertReportWritesTheSame();
    OwnFile own = OwnFile.design(directory, "MyPin").answering("return false;");
    run("explore --scenario pin-unpin --design", own.path().toString());
    assertThat(all(xml("junit.xml"), "failure")).isNotEmpty();
  }

  @Test
  void aStorm() throws IOException {
    assertThat(run("storm --compare rfc-oct,foll-pin --cpus 1").status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
    assertThat(names("testsuite")).containsExactly("rfc-oct", "foll-pin");
    assertThat(names("testcase"))
        .containsExactly("storm/production", "storm/production/never-stranded", "storm/production");
    assertThat(all(xml("junit.xml"), "failure")).isEmpty();
    assertReportWritesTheSame();
    // one that must do harm, and does none
    assertThat(run("storm --design rfc-nov --cpus 1").status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(all(xml("junit.xml"), "failure"))
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.getAttribute("message")).contains("expected a known race"));
  }

  @Test
  void benchmarks() throws IOException {
    String jar = FakeJmh.jar(directory.resolve("benchmarks.jar")).toString();
    CommandLineRun run = run(
        "bench --question GupFast --design foll-pin,rfc-nov",
        "--jar",
        jar,
        "--results",
        file("jmh"));
    assertThat(run.status()).isEqualTo(ExitStatus.SURPRISED);
    assertThat(names("testsuite")).containsExactlyInAnyOrder("foll-pin", "rfc-nov");
    assertThat(names("testcase")).containsOnly("GupFast");
    assertThat(all(xml("junit.xml"), "failure"))
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.getTextContent()).contains("failed: ", "rfc-nov 512 with 1 thread"));
    assertReportWritesTheSame();
  }

  @Test
  void outcomeTestsAreReported() throws IOException {
    Files.writeString(directory.resolve("result.json"), """
        {"schema": "gupstress-result/2", "rows": [{"engine": "jcstress", "key": "PinVsDrain.FollPin",
          "design": "foll-pin", "scenario": "outcome-pin-vs-drain", "kernel": "production",
          "test": "PinVsDrain.FollPin", "sentence": "A pin meets a drain.", "verdict": "violated",
          "expected": false, "complete": true, "reason": "", "actors": 2,
          "configurations_planned": 1, "configurations_min": 1, "configurations_executed": 1,
          "samples": 10, "seconds": 1.25, "rate": 8, "control": false, "control_samples": 0,
          "control_samples_min": 0, "search_stopped": "", "modes": [],
          "outcomes": [{"outcome": "lost", "grade": "forbidden", "sentence": "It is gone.",
            "samples": 1, "frequency": 0.1, "predicted": false, "modes": []}], "html": ""}]}
        """);
    CommandLineRun.of("report", file("result.json"), "--junit", file("junit.xml"));
    assertThat(names("testsuite")).containsExactly("foll-pin");
    assertThat(names("testcase")).containsExactly("PinVsDrain.FollPin");
    assertThat(all(xml("junit.xml"), "failure"))
        .singleElement()
        .satisfies(failure ->
            assertThat(failure.getAttribute("message")).contains("forbidden outcome, found lost"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit",
        "explore --design rfc-nov --scenario pin-vs-drain",
        "storm --design rfc-oct",
        "bench",
        "jcstress"
      })
  void oneFileForBothIsRefused(String words) throws IOException {
    List<String> all = new ArrayList<>(List.of(words.split(" ", -1)));
    all.addAll(List.of("--json", file("one"), "--junit", file("x/../one")));
    CommandLineRun run = CommandLineRun.of(Storms::fake, all.toArray(String[]::new));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--junit and the result file must be two files");
    assertThat(run.out()).isEmpty();
    assertThat(directory.resolve("one")).doesNotExist();
  }

  @Test
  void aReportDoesNotOverwriteWhatItReads() throws IOException {
    run("storm --design rfc-oct");
    String before = Files.readString(directory.resolve("result.json"));
    CommandLineRun run =
        CommandLineRun.of("report", file("result.json"), "--junit", file("result.json"));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(directory.resolve("result.json")).hasContent(before);
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedBeforeAnythingRuns() {
    CommandLineRun run = CommandLineRun.of(
        "audit", "--json", file("result.json"), "--junit", file("nowhere/junit.xml"));
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("there is no directory");
    assertThat(directory.resolve("result.json")).doesNotExist();
  }
}
