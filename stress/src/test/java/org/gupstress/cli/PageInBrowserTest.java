// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A page of results as a reader uses it, in Chromium without a network. Pictures of it are left in
 * {@code target/page}. Where there is no Chromium, the tests are skipped and say so.
 */
class PageInBrowserTest {
  private static final String EVIL = "<img src=x onerror=document.title='run'>";
  private static final List<String> VIEWS = List.of(
      "#court",
      "#cell/0/rfc-nov/list-intact",
      "#findings",
      "#traces",
      "#races",
      "#race/R-07",
      "#design/rfc-nov");
  private static final Path PICTURES = Path.of("target", "page");
  private static final List<Path> CHROMIUM =
      List.of(Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromedriver"));

  @TempDir
  private static Path directory;

  private static ChromeDriver browser;
  private static String page;
  private static String otherPage;

  @BeforeAll
  static void open() throws IOException {
    assumeThat(CHROMIUM)
        .as("Chromium and its driver are not installed (Debian: chromium, chromium-driver)")
        .allMatch(Files::isExecutable);
    Path result = directory.resolve("result.json");
    CommandLineRun.of(
        "audit",
        "--json",
        result.toString(),
        "--design",
        "rfc-nov,page-ext",
        "--scenario",
        "pin-vs-drain,fault-pin-unpin,irq-vs-drain");
    page = page(result);
    Path evil = directory.resolve("evil.json");
    Files.writeString(evil, Files.readString(result).replace("\"page-ext\"", "\"" + EVIL + "\""));
    otherPage = page(evil);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.get(0).toFile());
    options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable("browser", Level.ALL);
    logs.enable("performance", Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    browser = new ChromeDriver(
        new ChromeDriverService.Builder()
            .usingDriverExecutable(CHROMIUM.get(1).toFile())
            .usingAnyFreePort()
            .build(),
        options);
    browser.manage().timeouts().implicitlyWait(Duration.ofSeconds(5));
    browser.executeCdpCommand("Network.enable", Map.of());
    browser.executeCdpCommand(
        "Network.emulateNetworkConditions",
        Map.of("offline", true, "latency", 0, "downloadThroughput", 0, "uploadThroughput", 0));
  }

  private static String page(Path result) {
    Path html = Path.of(result.toString().replace(".json", ".html"));
    CommandLineRun run = CommandLineRun.of("report", result.toString(), "--html", html.toString());
    assertThat(run.status()).isEqualTo(ExitStatus.AS_EXPECTED);
    return html.toUri().toString();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.quit();
    }
  }

  @BeforeEach
  void show() {
    size(1280, 1000);
    browser.get("about:blank");
    browser.manage().logs().get("performance");
    browser.get(page);
  }

  @AfterEach
  void nothingIsWrongAndNothingLeaves() {
    assertThat(browser.manage().logs().get("browser").getAll()).isEmpty();
    List<String> asked = new ArrayList<>();
    for (LogEntry entry : browser.manage().logs().get("performance")) {
      if (entry.getMessage().contains("\"Network.requestWillBeSent\"")) {
        asked.add(entry.getMessage());
      }
    }
    assertThat(asked).isNotEmpty().allMatch(request -> request.contains("\"url\":\"file:///"));
  }

  private static void size(int width, int height) {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
  }

  private static WebElement one(String css) {
    return browser.findElement(By.cssSelector(css));
  }

  private static void press(CharSequence key) {
    new Actions(browser).sendKeys(key).perform();
  }

  private static void picture(String name) throws IOException {
    Files.createDirectories(PICTURES);
    Map<String, Object> shot =
        browser.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    Files.write(
        PICTURES.resolve(name + ".png"),
        Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
  }

  @Test
  void aCellOpensItsRacesAndTheKeysStepThroughOne() throws IOException {
    picture("court-1280");
    one("a[aria-label^='rfc-nov, list-intact: violated']").click();
    assertThat(one("h2").getText()).isEqualTo("Why list-intact is violated in rfc-nov");
    assertThat(one(".split h3").getText()).startsWith("R-");
    one(".viewer .controls output");
    press(Keys.HOME);
    assertThat(one("output").getText()).startsWith("step 0 of ");
    int last = Integer.parseInt(one("input[type=range]").getDomAttribute("max"));
    for (int step = 1; step <= last; step++) {
      press(Keys.ARROW_RIGHT);
    }
    assertThat(one("output").getText()).startsWith("step " + last + " of " + last);
    assertThat(one("tr.now .found").getText()).startsWith("=> ");
    assertThat(one(".state").getText()).contains("page0", "Locks", "Pagevecs", ".java:");
    picture("cell-1280");
    String link = browser.getCurrentUrl();
    assertThat(link).contains("rfc-nov/").endsWith("," + last);
    press(Keys.ARROW_LEFT);
    assertThat(browser.getCurrentUrl()).endsWith("," + (last - 1));
    browser.get("about:blank");
    browser.get(link);
    assertThat(one("output").getText()).startsWith("step " + last + " of " + last);
  }

  @Test
  void theFiltersAndTheSearchNarrowWhatIsShown() {
    assertThat(browser.findElements(By.cssSelector(".court thead th"))).hasSize(3);
    one("#design").sendKeys("rfc-nov");
    assertThat(browser.findElements(By.cssSelector(".court thead th"))).hasSize(2);
    one("#verdict").sendKeys("violated");
    assertThat(browser.findElements(By.cssSelector(".court .cell")))
        .isNotEmpty()
        .allMatch(cell -> cell.getDomAttribute("class").contains("v-violated"));
    one("#clear").click();
    assertThat(browser.findElements(By.cssSelector(".court thead th"))).hasSize(3);
    one("#query").sendKeys("R-07");
    assertThat(one("main").getText()).contains("pin against pagevec drain");
  }

  /** What the other tests would see if something were wrong. */
  @Test
  void faultsAreSeen() throws IOException {
    browser.executeScript("document.getElementById('main').append(document.createElement('input'));"
        + "console.error('a fault');"
        + "const image = document.createElement('img');"
        + "image.src = 'http://localhost:9/'; document.getElementById('main').append(image)");
    assertThat(serious(axe())).anyMatch(fault -> fault.toString().startsWith("label: "));
    String log = browser.manage().logs().get("browser").getAll().toString();
    assertThat(log).contains("a fault", "Content Security Policy");
    assertThat(browser.manage().logs().get("performance").getAll().toString())
        .contains("\"url\":\"http://localhost:9/\"");
    browser.get(page);
  }

  private static String axe() throws IOException {
    try (InputStream axe = PageInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(axe).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void itIsReadWithoutEyesAndOnAPhone() throws IOException {
    String script = axe();
    for (String theme : List.of("light", "dark")) {
      int width = theme.equals("light") ? 390 : 1280;
      size(width, 900);
      for (String hash : VIEWS) {
        browser.get(page + hash);
        browser.executeScript("document.documentElement.dataset.theme = arguments[0]", theme);
        assertThat(serious(script)).as("%s at %d, %s", hash, width, theme).isEmpty();
        assertThat(
                browser.executeScript("return document.documentElement.scrollWidth <= innerWidth"))
            .as("%s fits into %d", hash, width)
            .isEqualTo(true);
        picture(hash.replaceAll("[^a-z]+", "-").substring(1) + "-" + width + "-" + theme);
      }
    }
  }

  /** What axe-core finds that keeps somebody from reading the page. */
  private static List<?> serious(String script) {
    return (List<?>) browser.executeAsyncScript(
        "const done = arguments[arguments.length - 1];"
            + "if (!window.axe) { (0, eval)(arguments[0]); }"
            + "axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations"
            + ".filter(each => ['serious', 'critical'].includes(each.impact))"
            + ".map(each => each.id + ': ' + each.nodes.map(node => node.html).slice(0, 3))),"
            + "error => done([String(error)]));",
        script);
  }

  @Test
  void aNameIsShownAndNotRun() {
    browser.get(otherPage);
    assertThat(one(".court thead").getText()).contains(EVIL);
    assertThat(browser.findElements(By.cssSelector("img"))).isEmpty();
    assertThat(browser.getTitle()).isNotEqualTo("run");
  }
}
