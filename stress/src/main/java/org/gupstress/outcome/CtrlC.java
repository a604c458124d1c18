// SPDX-License-Identifier: Apache-2.0
package org.gupstress.outcome;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the user ends a run: the JVMs that jcstress has forked are stopped, and what
 * was finished until then is written before this JVM goes as well.
 */
final class CtrlC implements AutoCloseable {
  private static final int SECONDS_TO_WRITE = 10;

  private final CountDownLatch written = new CountDownLatch(1);
  private final Thread hook = new Thread(this::press, "Ctrl-C");
  private volatile boolean pressed;
  private volatile @Nullable Invocation running;

  CtrlC() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void press() {
    pressed = true;
    Invocation invocation = running;
    if (invocation == null) {
      return;
    }
    invocation.stop();
    try {
      written.await(SECONDS_TO_WRITE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isPressed() {
    return pressed;
  }

  /** From now on this is what must be stopped; null: nothing. */
  void stops(@Nullable Invocation invocation) {
    running = invocation;
    if (pressed && invocation != null) {
      invocation.stop();
    }
  }

  /** All is written. */
  @Override
  public void close() {
    written.countDown();
    if (!pressed) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
