// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gupstress.report.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the page of a result, as a file: no browser looks at it here. */
class HtmlPageTest {
  private static final Pattern POLICY =
      Pattern.compile("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"
          + " style-src '(sha256-[^']+)'; script-src '(sha256-[^']+)'; base-uri 'none';"
          + " form-action 'none'\">");

  @TempDir
  private static Path directory;

  private static String result;

  @BeforeAll
  static void audit() throws IOException {
    Path file = directory.resolve("result.json");
    CommandLineRun.of(
        "audit",
        "--json",
        file.toString(),
        "--design",
        "rfc-nov,page-ext",
        "--scenario",
        "pin-vs-drain,fault-pin-unpin");
    result = Files.readString(file);
  }

  private static String page(String name, String content) throws IOException {
    Path file = directory.resolve(name + ".json");
    Path html = directory.resolve(name + ".html");
    Files.writeString(file, content);
    CommandLineRun run = CommandLineRun.of("report", file.toString(), "--html", html.toString());
    assertThat(run.err()).contains("wrote " + html);
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    return Files.readString(html);
  }

  private static JsonNode data(String page) throws IOException {
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = page.indexOf(start) + start.length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  private static String between(String page, String start, String end) {
    int from = page.lastIndexOf(start) + start.length();
    return page.substring(from, page.indexOf(end, from));
  }

  private static String hash(String text) throws GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void thePolicyAllowsItsOwnScriptAndStyleAndNothingElse()
      throws IOException, GeneralSecurityException {
    String page = page("policy", result);
    Matcher policy = POLICY.matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1)).isEqualTo(hash(between(page, "<style>", "</style>")));
    assertThat(policy.group(2)).isEqualTo(hash(between(page, "<script>", "</script>")));
    assertThat(page).contains(HtmlPage.MARK).doesNotContain("@data@", "@script@", "@style@");
    assertThat(page).doesNotContainPattern("(?i)<[^>]* on[a-z]+=").doesNotContain(" style=\"");
  }

  @Test
  void everyCounterexampleIsThereWithItsOddsAndItsSource() throws IOException {
    JsonNode data = data(page("traces", result));
    assertThat(data.get("untold")).isEmpty();
    assertThat(data.get("traces")).hasSizeGreaterThan(5);
    int statements = 0;
    for (JsonNode trace : data.get("traces")) {
      int steps = trace.get("steps").size();
      assertThat(trace.get("odds")).isNotEmpty();
      for (JsonNode odds : trace.get("odds")) {
        assertThat(odds).hasSize(steps + 1);
        assertThat(odds.get(steps).asDouble()).isEqualTo(1);
      }
      for (JsonNode step : trace.get("steps")) {
        statements += data.get("texts").get(step.get(5).asInt()).asText().isEmpty() ? 0 : 1;
      }
    }
    assertThat(statements).isPositive();
  }

  @Test
  void whatWaitsInStoreBuffersIsThere() throws IOException {
    Path file = directory.resolve("tso.json");
    CommandLineRun.of(
        "explore",
        "--design",
        "rfc-oct",
        "--scenario",
        "pin-unpin",
        "--rounds",
        "1",
        "--memory",
        "tso",
        "--json",
        file.toString());
    JsonNode data = data(page("tso-page", Files.readString(file)));
    assertThat(data.get("traces")).isNotEmpty();
    boolean isWaiting = false;
    for (JsonNode trace : data.get("traces")) {
      assertThat(trace.get("token").asText()).contains("-tso#");
      for (JsonNode step : trace.get("steps")) {
        isWaiting |= step.get(11).isArray() && !step.get(11).isEmpty();
      }
    }
    assertThat(isWaiting).isTrue();
  }

  @Test
  void aNameIsNoMarkup() throws IOException {
    String evil = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\\u001b[31m";
    String page = page("evil", result.replace("\"page-ext\"", "\"" + evil + "\""));
    assertThat(page).doesNotContain("<img", "alert(2)</script>", "\u001b");
    assertThat(data(page).get("audits").get(0).get("designs").get(1).get("id").asText())
        .isEqualTo("<img src=x onerror=alert(1)></script><script>alert(2)</script>\u001b[31m");
  }

  @Test
  void aTokenOfAnotherVersionIsASentence() throws IOException {
    JsonNode data = data(page("old", result.replaceAll("#[0-9a-f]{8}\\.", "#01234567.")));
    assertThat(data.get("traces")).isEmpty();
    assertThat(data.get("untold")).isNotEmpty();
    data.get("untold")
        .forEach(why -> assertThat(why.asText()).contains("made by another version of the tool"));
  }

  @Test
  void anOlderResultSaysWhatItDidNotJudge() throws IOException {
    String older = result.replaceAll("\"aging-kept\":\"[^\"]*(?:\\\\.[^\"]*)*\",?", "");
    assertThat(older).isNotEqualTo(result);
    JsonNode audit = data(page("older", older)).get("audits").get(0);
    assertThat(audit.get("unjudged")).extracting(JsonNode::asText).containsExactly("aging-kept");
    assertThat(audit.get("claims")).extracting(JsonNode::asText).doesNotContain("aging-kept");
    assertThat(data(page("newer", result)).get("audits").get(0).get("unjudged")).isEmpty();
  }

  @Test
  void aFileThatIsNoPageIsNotOverwritten() throws IOException {
    Path other = directory.resolve("thesis.html");
    Files.writeString(other, "<p>my thesis</p>");
    Path file = directory.resolve("rows.json");
    Files.writeString(file, result);
    CommandLineRun run = CommandLineRun.of("report", file.toString(), "--html", other.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(Files.readString(other)).isEqualTo("<p>my thesis</p>");
    assertThat(CommandLineRun.of("report", file.toString(), "--html", file.toString())
            .status())
        .isEqualTo(ExitStatus.USAGE);
  }
}
