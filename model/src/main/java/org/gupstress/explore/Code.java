// SPDX-License-Identifier: Apache-2.0
package org.gupstress.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.gupstress.claim.HeldLocks;
import org.gupstress.claim.LockUse;
import org.gupstress.claim.LockWatch;
import org.gupstress.design.Asked;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Access;
import org.gupstress.memory.Arena;
import org.gupstress.memory.Cpu;
import org.gupstress.memory.Mix;
import org.gupstress.memory.Op;
import org.gupstress.memory.RecordingMemory;
import org.gupstress.memory.RecordingMemory.Noted;
import org.gupstress.memory.RecordingMemory.Outcome;
import org.gupstress.scenario.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The programs of all contexts, as trees of what their code does for what it sees. Code is run by
 * restart, and only to find a node that nobody has been at before.
 *
 * <p>Contexts are the CPUs and, behind them, their interrupt handlers.
 */
final class Code {
  private final Reductions reductions;
  private final Heartbeat heartbeat;
  private final Arena layout;
  private final RecordingMemory recording;
  private final PinDesign asked;
  private final Mm recorded;
  private final Operation[][] programs;
  private final int[] hosts;
  private final LockWatch locks;
  private final Plan plan;
  private final IdentityHashMap<Local, Optional<Spin>> spins = new IdentityHashMap<>();
  private final IdentityHashMap<Local, Stop.ScenarioBroke> mistakes = new IdentityHashMap<>();
  private final List<Map<Long, Local>> starts = new ArrayList<>();

  Code(Plan plan, Mm.Shape shape, Reductions reductions, boolean traced, Heartbeat heartbeat) {
    this.plan = plan;
    this.reductions = reductions;
    this.heartbeat = heartbeat;
    this.layout = new Arena(plan.cpus());
    this.recording = new RecordingMemory(traced, layout, plan.memory());
    this.asked = Asked.of(plan.design());
    this.recorded = new Mm(recording, layout, plan.kernel(), shape, plan.design(), asked);
    List<List<Operation>> all = new ArrayList<>();
    List<Integer> on = new ArrayList<>();
    for (int cpu = 0; cpu < plan.cpus(); cpu++) {
      all.add(program(cpu));
      on.add(cpu);
    }
    for (int cpu = 0; cpu < plan.cpus(); cpu++) {
      if (!plan.scenario().interrupts(cpu).isEmpty()) {
        all.add(plan.scenario().interrupts(cpu).stream().map(Code::interrupt).toList());
        on.add(cpu);
      }
    }
    this.programs = all.stream().map(p -> p.toArray(Operation[]::new)).toArray(Operation[][]::new);
    this.hosts = on.stream().mapToInt(Integer::intValue).toArray();
    this.locks = new LockWatch(layout, recorded, programs.length > plan.cpus());
    for (int c = 0; c < programs.length; c++) {
      starts.add(new HashMap<>());
    }
  }

  /** What the scenario says that a CPU does. */
  private List<Operation> program(int cpu) {
    heartbeat.asks("the program of cpu" + cpu);
    List<Operation> program =
        plan.scenario().program(plan.scenario().role(cpu), plan.rounds(), asked);
    if (program == null || program.stream().anyMatch(operation -> operation == null)) {
      throw new IllegalArgumentException(
          "expected a list of operations, found " + (program == null ? "null" : "null in it"));
    }
    heartbeat.asks("");
    return Operation.performed(program);
  }

  /** A handler begins with interrupts off: its CPU has stopped before it first touches anything. */
  private static Operation interrupt(Operation handler) {
    Operation.Body body = (mm, cpu) -> {
      cpu.irqDisable();
      handler.body().run(mm, cpu);
      cpu.irqEnable();
    };
    return new Operation(
        handler.name(),
        handler.kind(),
        body,
        handler.due(),
        handler.isPatient(),
        handler.line(),
        handler.writes());
  }

  int contexts() {
    return programs.length;
  }

  /** Whether the context is an interrupt handler. */
  private boolean isHandler(int c) {
    return c >= recorded.cpus();
  }

  /** The CPU on which a context runs. */
  int host(int c) {
    return hosts[c];
  }

  /** How many operations the program of the context has. */
  int length(int c) {
    return programs[c].length;
  }

  /** Whether an operation may begin, or may not yet. */
  boolean isDue(int c, int operation, Mm mm) {
    return programs[c][operation].isDue(mm);
  }

  /** Whether an operation begins only where nobody else can go on. */
  boolean isPatient(int c, int operation) {
    return programs[c][operation].isPatient();
  }

  String name(int c, int operation) {
    return programs[c][operation].name();
  }

  /** Bytes of the machine for which the code was written. */
  long bytes() {
    return layout.size();
  }

  /** The start of a program. */
  Local start(int c) {
    return start(c, 0, HeldLocks.NONE, 0);
  }

  /** The start of what comes behind the end of an operation. */
  Local successor(int c, Local end) {
    Local known = end.following();
    if (known != null) {
      return known;
    }
    Local start = start(c, end.operation + 1, end.held, end.pathHash);
    end.setFollowing(start);
    return start;
  }

  /**
   * The start of an operation; the one behind the last is the end of the program. Of the operation
   * before, which locks it left held is never forgotten.
   */
  private Local start(int c, int operation, HeldLocks held, long pathHash) {
    long hash = Mix.then(reductions.forget() ? held.mixed() : pathHash, operation);
    Local known = starts.get(c).get(hash);
    if (known != null) {
      return known;
    }
    Local start;
    if (operation == programs[c].length) {
      start = new Local(
          null,
          0,
          operation,
          hash,
          Local.Kind.RETURNED,
          null,
          false,
          List.of(),
          held,
          null,
          List.of(),
          "done");
    } else {
      recording.clear();
      start = observe(c, operation, null, 0, hash, held, null);
    }
    starts.get(c).put(hash, start);
    return start;
  }

  /** The node behind an access that saw a value; runs the code if nobody has been there. */
  Local follow(int c, Local at, long seen) {
    Local known = at.child(seen);
    if (known != null) {
      return known;
    }
    recording.clear();
    Deque<Local> path = new ArrayDeque<>();
    for (Local l = at; l.parent != null; l = l.parent) {
      path.push(l);
    }
    for (Local l : path) {
      recording.answer(Local.wanted(Objects.requireNonNull(l.parent)), l.seen);
    }
    Access made = Local.wanted(at);
    recording.answer(made, seen);
    Access plain = made.plain();
    HeldLocks held = locks.after(at.held, hosts[c], plain, seen, loaded(at, plain));
    LockUse use = locks.use(name(c, at.operation), isHandler(c), at.held, plain, held);
    Local child = observe(c, at.operation, at, seen, Mix.then(at.pathHash, seen), held, use);
    at.addChild(child);
    return child;
  }

  /** The loop in which the context waits for others that stands here, or null. */
  @Nullable
  Spin spin(int c, Local at) {
    if (!at.mayTurn()) {
      return null;
    }
    Optional<Spin> known = spins.get(at);
    if (known == null) {
      known = Optional.ofNullable(Spin.of(
          at, addr -> layout.cpuOf(addr) == hosts[c], (from, seen) -> follow(c, from, seen)));
      spins.put(at, known);
    }
    return known.orElse(null);
  }

  /** Whether the context makes the same few accesses again and again, and never gives up. */
  boolean isCircling(int c, Local at) {
    int turn = at.circle();
    return turn > 0 && Spin.goesOn(at, turn, (from, seen) -> follow(c, from, seen));
  }

  /** What the access before this one loaded from the same address, or 0. */
  private static long loaded(Local at, Access made) {
    Access before = at.parent == null ? null : Local.wanted(at.parent);
    return before != null && before.plain().op() == Op.READ64 && before.addr() == made.addr()
        ? at.seen
        : 0;
  }

  private Local observe(
      int c,
      int operation,
      @Nullable Local parent,
      long seen,
      long hash,
      HeldLocks held,
      @Nullable LockUse use) {
    Operation op = programs[c][operation];
    Cpu cpu = recorded.cpu(hosts[c]);
    heartbeat.entering(op.name());
    Outcome outcome = recording.run(() -> op.body().run(recorded, cpu));
    heartbeat.leaving();
    List<Noted> notes = recording.notes();
    if (outcome instanceof Outcome.Wants wants) {
      Access next = wants.access();
      boolean isPrivate = reductions.merge()
          && layout.cpuOf(next.addr()) == hosts[c]
          && !next.op().isBarrier();
      return new Local(
          parent,
          seen,
          operation,
          hash,
          Local.Kind.WANTS,
          next,
          isPrivate,
          notes,
          held,
          use,
          wants.callers(),
          "");
    }
    Local.Kind kind = Local.Kind.RETURNED;
    String text = "";
    if (outcome instanceof Outcome.Bug bug) {
      kind = Local.Kind.BUG;
      text = bug.text();
    } else if (outcome instanceof Outcome.Fault fault) {
      kind = Local.Kind.FAULT;
      text =
          fault.text() + (fault.thrown() == null ? "" : Blame.line(plan.design(), fault.thrown()));
    }
    Local end = new Local(
        parent, seen, operation, hash, kind, null, false, notes, held, use, List.of(), text);
    String doing = "operation " + op.name() + " of cpu" + hosts[c];
    if (outcome instanceof Outcome.Fault fault && Blame.isScenarios(plan, fault.thrown(), doing)) {
      mistakes.put(
          end,
          Blame.scenario(
              plan,
              doing,
              op.line(),
              fault.thrown(),
              fault.thrown() == null ? fault.text() : fault.thrown().toString()));
    }
    return end;
  }

  /** How the scenario broke where the code of an operation did, or null if it was the design. */
  Stop.@Nullable ScenarioBroke mistake(Local at) {
    return mistakes.get(at);
  }
}
