// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gupstress.design.Declarations;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A file to start from. */
@Command(
    name = "new",
    description =
        "Writes a design to start from, which is Linux 4.19 or a shipped one; or a scenario.",
    version = Gupstress.VERSION,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  gupstress new MyPin.java",
      "  gupstress new --from page-ext MyPin.java",
      "  gupstress new --scenario MyRace.java"
    })
final class NewCommand implements Callable<Integer> {
  private static final Pattern FILE = Pattern.compile("([A-Z][A-Za-z0-9]*)\\.java");

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A class name and .java; it must not exist yet.")
  private String file = "";

  @Option(names = "--scenario", description = "A scenario, not a design.")
  private boolean isScenario;

  @Option(
      names = "--from",
      paramLabel = "DESIGN",
      description = "The shipped design that it is to be: foll-pin, page-ext or rfc-fixed.")
  private @Nullable String from;

  NewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Path path = path();
    String name = name(path);
    String id = name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    ShippedSource shipped = from == null ? null : shipped(from);
    String template = shipped == null ? template() : shipped.text();
    if (shipped().contains(id)) {
      throw Refused.misused(
          "there is a shipped one with the name " + id + " already: take another");
    }
    if (Pattern.compile("\\b" + name + "\\b").matcher(template).find()) {
      throw Refused.misused(name + " is the name of something that the class uses: take another");
    }
    if (isInJavaLang(name)) {
      throw Refused.misused(name + " is the name of a class of java.lang: take another");
    }
    String text =
        shipped == null ? template.replace("NAME", name).replace("ID", id) : shipped.as(name, id);
    try {
      Declarations.checkNames(id, id);
    } catch (IllegalArgumentException e) {
      throw Refused.misused(file + ": " + e.getMessage());
    }
    write(path, text);
    terminal
        .out()
        .println("Wrote " + path + ". Judge it with: gupstress audit "
            + (isScenario ? "--scenario " : "--design ") + path);
    return ExitStatus.AS_EXPECTED;
  }

  private ShippedSource shipped(String id) {
    if (isScenario) {
      throw Refused.misused("--from is for designs, not with --scenario");
    }
    return ShippedSource.of(id)
        .orElseThrow(() -> Refused.misused("--from: expected "
            + String.join(", ", ShippedSource.ids()) + ", found \"" + id + "\""));
  }

  private Path path() {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw Refused.misused("\"" + file + "\" is no path");
    }
  }

  private String name(Path path) {
    Matcher matcher = FILE.matcher(String.valueOf(path.getFileName()));
    if (!matcher.matches()) {
      throw Refused.misused(
          "expected a class name and .java, letters and digits, like MyPin.java; found \"" + file
              + "\"");
    }
    return matcher.group(1);
  }

  private List<String> shipped() {
    return isScenario
        ? Catalogue.shipped().stream().map(Scenario::id).toList()
        : Designs.all().stream().map(PinDesign::id).toList();
  }

  /** Whether the language has the name already: code means that class where it says the name. */
  private static boolean isInJavaLang(String name) {
    try {
      Class.forName("java.lang." + name, false, null);
      return true;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private String template() {
    String name = isScenario ? "scenario.txt" : "design.txt";
    try (InputStream in = Objects.requireNonNull(NewCommand.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the whole of it or nothing, and never over something. */
  private static void write(Path path, String text) {
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      throw Refused.misused(path + " exists; new does not write over anything");
    } catch (IOException e) {
      throw Refused.misused("cannot write " + path + ": no such directory, or no permission");
    }
    try {
      Files.writeString(path, text, StandardOpenOption.WRITE);
    } catch (IOException e) {
      path.toFile().delete();
      throw Refused.misused("cannot write " + path + ": " + FileKind.why(e));
    }
  }
}
