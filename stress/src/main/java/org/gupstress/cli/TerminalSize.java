// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** How wide the terminal of this process is, as stty says it: Java itself does not know. */
final class TerminalSize {
  private static final long PATIENCE_MILLIS = 500;
  private static final int LONGEST = 32;

  private TerminalSize() {}

  /** Its columns, or 0 if nobody knows. */
  static int columns() {
    try {
      Process stty = new ProcessBuilder("stty", "size")
          .redirectInput(new File("/dev/tty"))
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      String[] size = new String(stty.getInputStream().readNBytes(LONGEST), US_ASCII)
          .strip()
          .split(" ", -1);
      boolean isOver = stty.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return isOver && size.length == 2 && size[1].matches("[0-9]{1,4}")
          ? Integer.parseInt(size[1])
          : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
