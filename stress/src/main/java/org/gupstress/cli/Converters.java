// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.gupstress.claim.Harm;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;
import org.gupstress.outcome.Profile;
import org.gupstress.outcome.Questions;
import org.gupstress.page.Kernel;
import org.gupstress.report.Format;
import org.gupstress.scenario.Catalogue;
import org.gupstress.scenario.Scenario;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/** Words of the command line, and what they stand for. */
final class Converters {
  private static final List<String> UNITS = List.of("ms", "s", "m", "h");
  private static final long[] UNIT_MILLIS = {1, 1000, 60_000, 3_600_000};
  private static final int DIGITS_MAX = 9;

  private Converters() {}

  static void register(CommandLine line) {
    register(line, PinDesign.class, Converters::design);
    register(line, Scenario.class, Converters::scenario);
    register(line, Kernel.class, Converters::kernel);
    register(line, Harm.class, Converters::harm);
    register(line, Duration.class, Converters::duration);
    register(
        line,
        Profile.class,
        word -> Names.find("profile", word, List.of(Profile.values()), Converters::id));
    register(
        line,
        Format.class,
        word -> Names.find("format", word, List.of(Format.values()), Converters::id));
  }

  private static <T> void register(CommandLine line, Class<T> type, ITypeConverter<T> converter) {
    line.registerConverter(type, word -> {
      try {
        return converter.convert(word);
      } catch (UsageError e) {
        throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
      }
    });
  }

  static PinDesign design(String word) {
    return Names.find("design", word, Designs.all(), PinDesign::id);
  }

  static Scenario scenario(String word) {
    return Names.find("scenario", word, Catalogue.all(), Scenario::id);
  }

  /** A scenario of the catalogue, or the question of an outcome test. */
  static Scenario anyScenario(String word) {
    return Questions.all().stream()
        .filter(question -> question.id().equals(word))
        .findFirst()
        .orElseGet(() -> scenario(word));
  }

  static Kernel kernel(String word) {
    return Names.find("kernel", word, List.of(Kernel.values()), Kernel::id);
  }

  private static Harm harm(String word) {
    return Names.find("harm", word, Arrays.asList(Harm.values()), Harm::id);
  }

  private static String id(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A whole number and a unit. */
  static Duration duration(String word) {
    int digits = 0;
    while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
      digits++;
    }
    int unit = UNITS.indexOf(word.substring(digits));
    if (digits == 0 || digits > DIGITS_MAX || unit < 0) {
      throw new UsageError(
          "a time is a number and ms, s, m or h, like 60s; found \"" + word + "\"");
    }
    long millis = Long.parseLong(word.substring(0, digits)) * UNIT_MILLIS[unit];
    if (millis == 0) {
      throw new UsageError("a time must be longer than nothing; found \"" + word + "\"");
    }
    return Duration.ofMillis(millis);
  }
}
