// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.util.Locale;

/** What became of a generated change. */
enum Verdict {
  CAUGHT("a claim falls that holds without the change, or a scenario does not meet what it is for"),
  SURVIVED("all cells that come there hold"),
  UNREACHED("no cell comes there, or in none the condition would be another"),
  NOT_COMPILED("it is no Java"),
  EQUIVALENT("the compiler makes the same of it"),
  UNORDERED(
      "only the ordering of an access changes, and interleavings are sequentially consistent"),
  TIMED_OUT("a search outgrows the bound, and those that end hold"),
  PENDING("it was not judged yet");

  private final String sentence;

  Verdict(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Verdict of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
