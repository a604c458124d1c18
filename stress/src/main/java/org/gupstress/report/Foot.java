// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import org.gupstress.memory.MemoryModel;
import org.gupstress.text.Sheet;

/** What a verdict does not say. */
final class Foot {
  private Foot() {}

  static void print(Sheet sheet) {
    print(MemoryModel.SC, sheet);
  }

  static void print(MemoryModel memory, Sheet sheet) {
    print(
        memory.isWeak()
            ? "\"holds\" covers interleavings of these sizes under " + memory.id() + ", no more."
            : "\"holds\" covers sequentially consistent interleavings of these sizes, no more.",
        sheet);
  }

  static void printSampled(Sheet sheet) {
    print(
        "Real threads show some orders of events, never all: what was not seen may exist.", sheet);
  }

  private static void print(String scope, Sheet sheet) {
    sheet.text("Limits: this is a model in Java of parts of Linux 4.19, not the kernel.");
    sheet.text(scope);
    sheet.text("Confirmation is KCSAN or klitmus7 on the real patch.");
  }
}
