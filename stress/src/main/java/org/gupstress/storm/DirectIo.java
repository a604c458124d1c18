// SPDX-License-Identifier: Apache-2.0
package org.gupstress.storm;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Direct I/O in flight: first for the device, then, if pages have to be dirtied, for kworker. */
final class DirectIo {
  /** That may be in flight, for each CPU that carries load. */
  static final int REQUESTS_PER_CPU = 16;

  private final Queue<Request> submitted = new ConcurrentLinkedQueue<>();
  private final Queue<Request> written = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final int depth;

  /** @param depth requests that may be in flight at once */
  DirectIo(int depth) {
    this.depth = depth;
  }

  boolean isFull() {
    return inFlight.get() >= depth;
  }

  boolean isIdle() {
    return inFlight.get() == 0;
  }

  void submit(Request request) {
    inFlight.incrementAndGet();
    submitted.add(request);
  }

  @Nullable
  Request nextSubmitted() {
    return submitted.poll();
  }

  /** The device has written, and the pages are to be dirtied where that may sleep. */
  void defer(Request request) {
    written.add(request);
  }

  @Nullable
  Request nextWritten() {
    return written.poll();
  }

  void done() {
    inFlight.decrementAndGet();
  }

  /** Whether the page is in a request for the device. */
  boolean isSubmitted(long page) {
    return submitted.stream().anyMatch(request -> request.has(page));
  }

  /** Whether the page is in a request for kworker. */
  boolean isWritten(long page) {
    return written.stream().anyMatch(request -> request.has(page));
  }

  /** Every pinned page, once for each pin; the world has stopped. */
  void forEachPin(LongConsumer each) {
    submitted.forEach(request -> request.forEach(each));
    written.forEach(request -> request.forEach(each));
  }
}
