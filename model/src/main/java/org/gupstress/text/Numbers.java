// SPDX-License-Identifier: Apache-2.0
package org.gupstress.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers as reports print them. Without {@code String.format}, whose first use takes longer than
 * many a search.
 */
public final class Numbers {
  private static final int DIGITS_MAX = 30;
  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_UP);

  private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);
  private static final BigDecimal SMALLEST_PLAIN = new BigDecimal("0.001");

  private Numbers() {}

  /** With thousands separators. */
  public static String count(long number) {
    return grouped(Long.toString(number));
  }

  /** A number with its unit. */
  public static String of(long number, String unit) {
    return count(number) + " " + unit + (number == 1 ? "" : "s");
  }

  /** Exact as long as it can be read. */
  public static String exact(BigInteger number) {
    String digits = number.toString();
    return digits.length() <= DIGITS_MAX ? grouped(digits) : scientific(new BigDecimal(number));
  }

  /** Exact up to a million, then like 1.2e23. */
  public static String rough(BigInteger number) {
    return number.bitLength() <= 20
        ? grouped(number.toString())
        : scientific(new BigDecimal(number));
  }

  /** A share of a whole: 12 %, 0.34 %, 5.6e-9. */
  public static String share(double share) {
    double percent = share * 100;
    if (percent == 0) {
      return "0 %";
    }
    if (percent >= 99.5) {
      return share < 1 ? "> 99 %" : "100 %";
    }
    return percent < 0.01
        ? small(share)
        : new BigDecimal(percent).round(TWO_DIGITS).toPlainString() + " %";
  }

  /** A small probability, like 5.6e-9. */
  public static String small(double number) {
    return number == 0 ? "0" : scientific(new BigDecimal(number));
  }

  /** With three digits that count, like 0.0123, 12.3 or 1,230,000. */
  public static String significant(double number) {
    if (!Double.isFinite(number)) {
      return "-";
    }
    if (number < 0) {
      return "-" + significant(-number);
    }
    BigDecimal rounded = new BigDecimal(number).round(THREE_DIGITS);
    if (rounded.compareTo(SMALLEST_PLAIN) < 0) {
      return number == 0 ? "0" : scientific(rounded);
    }
    int missing = THREE_DIGITS.getPrecision() - rounded.precision();
    String plain = rounded.setScale(rounded.scale() + Math.max(0, missing)).toPlainString();
    int point = plain.indexOf('.');
    return point < 0 ? grouped(plain) : plain;
  }

  /** A round number without digits that do not count, like 0.05, 20 or 1,000. */
  public static String plain(double round) {
    String plain =
        new BigDecimal(round).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
    return plain.indexOf('.') < 0 ? grouped(plain) : plain;
  }

  /** With one digit behind the point. */
  public static String decimal(double number) {
    return new BigDecimal(number).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }

  /** Nanoseconds as whole microseconds. */
  public static String micros(long nanos) {
    return count(nanos / 1000);
  }

  public static String seconds(double seconds) {
    return new BigDecimal(seconds)
            .setScale(seconds < 10 ? 2 : 0, RoundingMode.HALF_UP)
            .toPlainString()
        + " s";
  }

  private static String scientific(BigDecimal number) {
    BigDecimal rounded = number.round(TWO_DIGITS);
    String digits = rounded.unscaledValue().abs().toString();
    int exponent = rounded.precision() - rounded.scale() - 1;
    char second = digits.length() > 1 ? digits.charAt(1) : '0';
    return digits.charAt(0) + "." + second + "e" + exponent;
  }

  private static String grouped(String digits) {
    StringBuilder text = new StringBuilder(digits);
    int first = digits.startsWith("-") ? 1 : 0;
    for (int i = digits.length() - 3; i > first; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }
}
