// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the user ends a run: the JVMs that it has forked are stopped, and what was
 * finished until then is written before this JVM goes as well.
 */
public final class CtrlC implements AutoCloseable {
  private static final int SECONDS_TO_WRITE = 10;
  private static final AtomicInteger WATCHING = new AtomicInteger();

  private final CountDownLatch written = new CountDownLatch(1);
  private final Thread hook = new Thread(this::press, "Ctrl-C");
  private volatile boolean pressed;
  private volatile @Nullable ChildJvm running;

  public CtrlC() {
    WATCHING.incrementAndGet();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether some run ends by itself when the user wants it. */
  static boolean isWatching() {
    return WATCHING.get() > 0;
  }

  private void press() {
    pressed = true;
    ChildJvm child = running;
    if (child == null) {
      return;
    }
    child.stop();
    try {
      written.await(SECONDS_TO_WRITE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public boolean isPressed() {
    return pressed;
  }

  /** From now on this is what must be stopped; null: nothing. */
  public void stops(@Nullable ChildJvm child) {
    running = child;
    if (pressed && child != null) {
      child.stop();
    }
  }

  /** All is written. */
  @Override
  public void close() {
    written.countDown();
    WATCHING.decrementAndGet();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // the process ends already, and the hook has run or runs
    }
  }
}
