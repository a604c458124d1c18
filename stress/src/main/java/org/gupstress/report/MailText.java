// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;

/** What is printed for a mail, as a text. */
final class MailText {
  private MailText() {}

  static String of(Consumer<Sheet> printing) {
    StringWriter text = new StringWriter();
    try (PrintWriter out = new PrintWriter(text)) {
      printing.accept(new Sheet(out, Format.MAIL, false));
    }
    return text.toString();
  }
}
