// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gupstress.claim.Harm;
import org.gupstress.memory.MemoryModel;
import org.gupstress.page.Kernel;
import org.gupstress.process.Refused;
import org.gupstress.sampling.Profile;
import org.gupstress.storm.Perturbation;
import org.gupstress.storm.Sizing;
import org.gupstress.storm.StormSetup;
import org.gupstress.storm.Workload;
import org.gupstress.storm.WorkloadMix;
import org.gupstress.text.Format;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;

/** Words of the command line, and what they stand for. */
final class Converters {
  private static final List<String> UNITS = List.of("ms", "s", "m", "h");
  private static final long[] UNIT_MILLIS = {1, 1000, 60_000, 3_600_000};
  private static final int DIGITS_MAX = 9;
  private static final int HOURS_MAX = 8760;
  private static final Pattern PAGES = Pattern.compile("([0-9]{1,9})([km]?)");
  private static final Pattern PRESSURE = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?");
  private static final List<String> PAGE_UNITS = List.of("", "k", "m");

  private Converters() {}

  static void register(CommandLine line) {
    register(line, Kernel.class, Converters::kernel);
    register(
        line,
        MemoryModel.class,
        word -> Names.find("memory model", word, List.of(MemoryModel.values()), MemoryModel::id));
    register(line, Harm.class, Converters::harm);
    register(line, Duration.class, Converters::duration);
    register(line, WorkloadMix.class, Converters::mix);
    register(
        line,
        Perturbation.class,
        word -> Names.find("perturbation", word, List.of(Perturbation.values()), Converters::id));
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
      } catch (Refused e) {
        throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
      }
    });
  }

  static Kernel kernel(String word) {
    return Kernel.find(word)
        .orElseGet(() -> Names.find("kernel", word, Kernel.usual(), Kernel::id));
  }

  static Harm harm(String word) {
    return Names.find("harm", word, Arrays.asList(Harm.values()), Harm::id);
  }

  private static WorkloadMix mix(String word) {
    try {
      return WorkloadMix.parse(
          word, id -> Names.find("workload", id, List.of(Workload.values()), Workload::id));
    } catch (IllegalArgumentException e) {
      throw Refused.misused(String.valueOf(e.getMessage()));
    }
  }

  /** A number of pages, in thousands or millions of the binary kind if it says so. */
  static int pages(String word) {
    return pages("--pages", StormSetup.PAGES_MIN, StormSetup.PAGES_MAX, word);
  }

  /**
   * A number of pages within limits.
   *
   * @param most a multiple of a million of the binary kind
   */
  static int pages(String option, int least, int most, String word) {
    Matcher number = PAGES.matcher(word);
    long pages = number.matches()
        ? Long.parseLong(number.group(1)) << (PAGE_UNITS.indexOf(number.group(2)) * 10)
        : 0;
    if (pages < least || pages > most) {
      throw Refused.misused(option + " is a number from " + least + " to " + (most >> 20)
          + "m, like 65536, 64k or 1m; found \"" + word + "\"");
    }
    return (int) pages;
  }

  /** How much more than memory a storm wants. */
  static double pressure(String word) {
    double pressure = PRESSURE.matcher(word).matches() ? Double.parseDouble(word) : 0;
    if (pressure < Sizing.PRESSURE_MIN || pressure > Sizing.PRESSURE_MAX) {
      throw Refused.misused("--pressure is the working set over memory, a number from "
          + Sizing.PRESSURE_MIN + " to " + (int) Sizing.PRESSURE_MAX + " like 1.25 or 3; found \""
          + word + "\"");
    }
    return pressure;
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
      throw Refused.misused(
          "a time is a number and ms, s, m or h, like 60s; found \"" + word + "\"");
    }
    long millis = Long.parseLong(word.substring(0, digits)) * UNIT_MILLIS[unit];
    if (millis == 0) {
      throw Refused.misused("a time must be longer than nothing; found \"" + word + "\"");
    }
    if (millis > HOURS_MAX * UNIT_MILLIS[UNIT_MILLIS.length - 1]) {
      throw Refused.misused("a time is at most " + HOURS_MAX + "h; found \"" + word + "\"");
    }
    return Duration.ofMillis(millis);
  }
}
