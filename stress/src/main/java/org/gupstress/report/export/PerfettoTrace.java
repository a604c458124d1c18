// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gupstress.claim.Finding;
import org.gupstress.claim.PageFields;
import org.gupstress.explore.Plan;
import org.gupstress.explore.Token;
import org.gupstress.explore.Trace;
import org.gupstress.memory.Caller;

/**
 * A counterexample in the protobuf of Perfetto (perfetto_trace.proto): operations and functions as
 * slices, accesses as slices of a microsecond inside of them, findings as instants, and for each
 * page its references and pins as counters.
 */
public final class PerfettoTrace {
  // fields of perfetto_trace.proto
  private static final int PACKET = 1;
  private static final int TIMESTAMP = 8;
  private static final int SEQUENCE = 10;
  private static final int TRACK_EVENT = 11;
  private static final int TRACK_DESCRIPTOR = 60;
  private static final int UUID = 1;
  private static final int NAME = 2;
  private static final int PARENT = 5;
  private static final int COUNTER = 8;
  private static final int EVENT_TYPE = 9;
  private static final int EVENT_TRACK = 11;
  private static final int EVENT_NAME = 23;
  private static final int COUNTER_VALUE = 30;

  private static final int SLICE_BEGIN = 1;
  private static final int SLICE_END = 2;
  private static final int INSTANT = 3;
  private static final int COUNTED = 4;

  private static final long STEP_NANOS = 1000;
  private static final long PLAN = 1;
  private static final long CPUS = 100;
  private static final long PAGES = 1000;

  private final OutputStream out;
  private final Map<Long, List<String>> open = new HashMap<>();

  private PerfettoTrace(OutputStream out) {
    this.out = out;
  }

  /** Writes one. */
  public static void write(Plan plan, Token token, Trace trace, OutputStream out)
      throws IOException {
    new PerfettoTrace(out).write(plan, token.toString(), trace);
  }

  private void write(Plan plan, String token, Trace trace) throws IOException {
    describe(new Protobuf().number(UUID, PLAN).text(NAME, token));
    for (int cpu = 0; cpu < plan.cpus(); cpu++) {
      track(CPUS + 2L * cpu, "cpu" + cpu);
      track(CPUS + 2L * cpu + 1, "cpu" + cpu + " interrupt");
    }
    for (PageFields page : trace.initial()) {
      counter(references(page), "page" + page.page() + " references");
      counter(references(page) + 1, "page" + page.page() + " pins");
      count(page, 0);
    }
    long now = 0;
    for (Trace.Step step : trace.steps()) {
      step(step, step.text(trace.names()), now);
      now += STEP_NANOS;
    }
    for (Map.Entry<Long, List<String>> track : open.entrySet()) {
      close(track.getKey(), 0, now);
    }
  }

  private void step(Trace.Step step, String access, long now) throws IOException {
    long track = CPUS + 2L * step.cpu() + (step.inInterrupt() ? 1 : 0);
    List<String> path = new ArrayList<>(List.of(step.operation()));
    step.callers().stream().map(Caller::function).forEach(path::add);
    List<String> was = open.computeIfAbsent(track, none -> new ArrayList<>());
    int common = 0;
    while (common < was.size()
        && common < path.size()
        && was.get(common).equals(path.get(common))) {
      common++;
    }
    close(track, common, now);
    for (String function : path.subList(common, path.size())) {
      was.add(function);
      event(track, SLICE_BEGIN, function, now);
    }
    if (!access.isEmpty()) {
      event(track, SLICE_BEGIN, access, now);
      event(track, SLICE_END, "", now + STEP_NANOS - 1);
    }
    for (PageFields page : step.pages()) {
      count(page, now + STEP_NANOS - 1);
    }
    for (Finding finding : step.findings()) {
      event(track, INSTANT, finding.label() + ": " + finding.text(), now + STEP_NANOS - 1);
    }
  }

  /** Ends the slices of a track but for so many. */
  private void close(long track, int kept, long now) throws IOException {
    List<String> was = open.getOrDefault(track, List.of());
    while (was.size() > kept) {
      was.remove(was.size() - 1);
      event(track, SLICE_END, "", now);
    }
  }

  private static long references(PageFields page) {
    return PAGES + 2L * page.page();
  }

  private void count(PageFields page, long now) throws IOException {
    count(references(page), page.refcount(), now);
    count(references(page) + 1, page.pins(), now);
  }

  private void count(long track, long value, long now) throws IOException {
    packet(
        now,
        new Protobuf()
            .number(EVENT_TYPE, COUNTED)
            .number(EVENT_TRACK, track)
            .number(COUNTER_VALUE, value));
  }

  private void event(long track, int type, String name, long now) throws IOException {
    Protobuf event = new Protobuf().number(EVENT_TYPE, type).number(EVENT_TRACK, track);
    packet(now, name.isEmpty() ? event : event.text(EVENT_NAME, name));
  }

  private void track(long uuid, String name) throws IOException {
    describe(new Protobuf().number(UUID, uuid).text(NAME, name).number(PARENT, PLAN));
  }

  private void counter(long uuid, String name) throws IOException {
    describe(new Protobuf()
        .number(UUID, uuid)
        .text(NAME, name)
        .number(PARENT, PLAN)
        .message(COUNTER, new Protobuf()));
  }

  private void describe(Protobuf track) throws IOException {
    put(new Protobuf().number(SEQUENCE, 1).message(TRACK_DESCRIPTOR, track));
  }

  private void packet(long now, Protobuf event) throws IOException {
    put(new Protobuf().number(TIMESTAMP, now).number(SEQUENCE, 1).message(TRACK_EVENT, event));
  }

  private void put(Protobuf packet) throws IOException {
    out.write(new Protobuf().message(PACKET, packet).toByteArray());
  }
}
