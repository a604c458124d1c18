// SPDX-License-Identifier: Apache-2.0
package org.gupstress.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens when a signal ends this process: the thread that runs the command is interrupted, or
 * {@link CtrlC} ends what it waits for; it prints and writes what was done until then, and the
 * process ends with the status that every command has for it, not with that of the signal.
 */
public final class Interruption {
  private static final int SECONDS_TO_WRITE = 30;

  private final Thread command;
  private final int status;
  private final CountDownLatch written = new CountDownLatch(1);
  private volatile boolean isSignalled;
  private volatile boolean isOver;

  private Interruption(Thread command, int status) {
    this.command = command;
    this.status = status;
  }

  /** From now on a signal interrupts this thread; the process then ends with this status. */
  public static Interruption of(Thread command, int status) {
    Interruption interruption = new Interruption(command, status);
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::shutDown, "interruption"));
    return interruption;
  }

  private void shutDown() {
    if (isOver) {
      return;
    }
    isSignalled = true;
    if (!CtrlC.isWatching()) {
      command.interrupt();
    }
    try {
      written.await(SECONDS_TO_WRITE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status);
  }

  /** Whether a signal has come. */
  public boolean isSignalled() {
    return isSignalled;
  }

  /** All is written. */
  public void end() {
    isOver = true;
    written.countDown();
  }
}
