// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that {@code new} wrote, to be edited as its author would. */
record OwnFile(Path path) {
  private static final String PIN =
      "public boolean pin(Mm mm, Cpu cpu, long page) { return true; }";

  static OwnFile design(Path directory, String name) {
    Path path = directory.resolve(name + ".java");
    assertThat(CommandLineRun.of("new", path.toString()).status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
    return new OwnFile(path);
  }

  /** One that is a shipped design. */
  static OwnFile copy(Path directory, String name, String shipped) {
    Path path = directory.resolve(name + ".java");
    assertThat(CommandLineRun.of("new", "--from", shipped, path.toString()).status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
    return new OwnFile(path);
  }

  static OwnFile scenario(Path directory, String name) {
    Path path = directory.resolve(name + ".java");
    assertThat(CommandLineRun.of("new", "--scenario", path.toString()).status())
        .isEqualTo(ExitStatus.AS_EXPECTED);
    return new OwnFile(path);
  }

  /** A scenario whose condition no run of its one CPU can meet. */
  static OwnFile neverMet(Path directory, String name) {
    return scenario(directory, name).with("""
        import static org.gupstress.scenario.Programs.gupFast;
        import static org.gupstress.scenario.Programs.unpin;
        import java.util.List;
        import org.gupstress.scenario.Boot;
        import org.gupstress.scenario.Spec;
        public final class %s extends Spec {
          public %s() {
            super("not-met", "pins one page and waits for five");
            boot(mm -> Boot.mapped(mm, 0));
            program((role, rounds, design) -> List.of(gupFast(0, 0), unpin(0)));
            sometimes("five pages at once", m -> m.pages().live(0) > 5);
          }
        }
        """.formatted(name, name));
  }

  String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OwnFile with(String text) {
    try {
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  OwnFile replace(String old, String now) {
    assertThat(text()).contains(old);
    return with(text().replace(old, now));
  }

  /** With another body of pin. */
  OwnFile pinning(String body) {
    return replace(PIN, PIN.replace("return true;", body));
  }

  /** With another answer to the query. */
  OwnFile answering(String body) {
    return replace("hasQuery() { return false; }", "hasQuery() { return true; }")
        .replace(
            "isPinned(Mm mm, long page) { return false; }",
            "isPinned(Mm mm, long page) { " + body + " }");
  }

  /** With another member. */
  OwnFile having(String member) {
    String text = text();
    return with(text.substring(0, text.lastIndexOf('}')) + member + "\n}\n");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
