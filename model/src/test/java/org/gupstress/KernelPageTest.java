// SPDX-License-Identifier: Apache-2.0
package org.gupstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code KERNEL.md} and the code name each other rightly. */
class KernelPageTest {
  private static final Path PAGE = Path.of("KERNEL.md");
  private static final Path SOURCES = Path.of("src/main/java/org/gupstress");

  /** As in "KERNEL.md 13.4" and "{@code model/KERNEL.md} sections 4", also across lines. */
  private static final Pattern CITATION =
      Pattern.compile("KERNEL\\.md\\}?[\\s*]+(?:sections?[\\s*]+)?([0-9]+(?:\\.[0-9]+)?)");

  private static final Pattern SECTION = Pattern.compile("(?m)^#{2,3} ([0-9]+(?:\\.[0-9]+)?)\\.? ");
  private static final Pattern CLASS =
      Pattern.compile("\\b(memory|page|lru|vm|gup|fs|reclaim|design)/([A-Z][A-Za-z]+)");
  private static final Pattern ANCHOR = Pattern.compile("\\]\\(#([^)]+)\\)");

  @Test
  void theSectionsThatCommentsCiteAreThere() throws IOException {
    Set<String> cited = new TreeSet<>();
    try (Stream<Path> model = Files.walk(SOURCES);
        Stream<Path> stress = Files.walk(Path.of("../stress/src/main"))) {
      Stream.concat(model, stress)
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> cited.addAll(all(CITATION, 1, read(file))));
    }
    assertThat(cited).hasSizeGreaterThan(10);
    assertThat(sections()).containsAll(cited);
  }

  @Test
  void theClassesThatThePageNamesAreThere() {
    Matcher named = CLASS.matcher(read(PAGE));
    while (named.find()) {
      assertThat(SOURCES.resolve(named.group(1)).resolve(named.group(2) + ".java"))
          .exists();
    }
  }

  @Test
  void theAnchorsOfThePageAreItsHeadings() {
    Set<String> headings = read(PAGE)
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(KernelPageTest::anchor)
        .collect(Collectors.toSet());
    assertThat(headings).containsAll(all(ANCHOR, 1, read(PAGE)));
  }

  /** The control. */
  @Test
  void aSectionThatIsNotThereIsMissed() {
    String comment = "see KERNEL.md\n * 99.1 of it";
    assertThat(all(CITATION, 1, comment)).containsExactly("99.1");
    assertThat(sections()).doesNotContain("99.1").contains("13.4");
  }

  private static Set<String> sections() {
    return all(SECTION, 1, read(PAGE));
  }

  /** As GitHub makes them. */
  private static String anchor(String heading) {
    return heading
        .replaceFirst("^#+ ", "")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9 _-]", "")
        .replace(' ', '-');
  }

  private static Set<String> all(Pattern pattern, int group, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(group));
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
