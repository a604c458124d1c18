// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.gupstress.page.Ref;
import org.jspecify.annotations.Nullable;

/**
 * A scenario in which CPUs do to page 0 what those of a trace did last to a page of theirs, each in
 * its order. What the model cannot be told to do is in it as a comment.
 *
 * @param text of the Java file
 * @param operations how many of the events became one of the model
 */
public record ScenarioFile(String text, int operations) {
  /** Events of the page that are looked at. */
  static final int STEPS_MAX = 40;

  /** So many CPUs and operations can be explored to the end. */
  private static final int CPUS_MAX = 2;

  private static final int OPERATIONS_MAX = 6;

  /**
   * An operation of the model.
   *
   * @param call of Programs
   * @param name as the explorer calls the operation
   * @param method of Programs, to be imported
   */
  private record Call(String call, String name, String method) {}

  private static final Call READ = new Call("read(0)", "read", "read");
  private static final Call DRAIN = new Call("drain()", "drain", "drain");
  private static final Call ACTIVATE = new Call("activate(0)", "activate", "activate");
  private static final Call WRITE = new Call("write(0)", "write", "write");
  private static final Call SHRINK = new Call("shrink(1)", "shrink", "shrink");
  private static final Call KSWAPD = new Call("kswapd(1)", "kswapd", "kswapd");
  private static final Call TRUNCATE = new Call("truncate(0)", "truncate", "truncate");
  private static final Call PIN = pin(0);
  private static final Call UNPIN = unpin(0);

  /** Registers of a CPU: pins take them from the first on, those of before from the last on. */
  private static final int REGISTERS = 6;

  /** An event, and what it is in the model. */
  private record Line(EventLog.Entry entry, @Nullable Call call, String remark) {
    Line with(Call other) {
      return new Line(entry, other, remark);
    }
  }

  private static Call pin(int register) {
    return new Call("gupFast(0, " + register + ")", "gup_fast", "gupFast");
  }

  private static Call unpin(int register) {
    return new Call("unpin(" + register + ")", "unpin", "unpin");
  }

  static ScenarioFile of(
      String name, String id, String file, long pfn, List<EventLog.Entry> last, StepText words) {
    List<Line> lines = lines(last);
    Map<Integer, List<Line>> cpus = new LinkedHashMap<>();
    for (Line line : lines) {
      cpus.computeIfAbsent(line.entry().cpu(), unseen -> new ArrayList<>()).add(line);
    }
    cpus.values().removeIf(own -> own.stream().allMatch(line -> line.call() == null));
    List<List<Line>> programs = new ArrayList<>();
    boolean keepsPins = false;
    int operations = 0;
    for (List<Line> own : cpus.values()) {
      keepsPins |= paired(own);
      programs.add(own);
      operations += (int) own.stream().filter(line -> line.call() != null).count();
    }
    return new ScenarioFile(
        new Text(name, id, file, pfn, lines, programs, keepsPins, words).text(), operations);
  }

  /**
   * Gives each pin of a CPU a register, and what it only gives back a pin of before; whether pins
   * are left at the end.
   */
  private static boolean paired(List<Line> own) {
    List<Line> before = new ArrayList<>();
    int pins = 0;
    for (int i = 0; i < own.size(); i++) {
      Line line = own.get(i);
      if (PIN.equals(line.call())) {
        own.set(i, line.with(pin(pins++)));
      } else if (UNPIN.equals(line.call()) && pins > 0) {
        own.set(i, line.with(unpin(--pins)));
      } else if (UNPIN.equals(line.call())) {
        int register = REGISTERS - 1 - before.size();
        own.set(i, line.with(unpin(register)));
        before.add(new Line(line.entry(), pin(register), "pinned before that, for "));
      }
    }
    own.addAll(0, before);
    return pins > 0;
  }

  /** The last events, as many as can be explored. */
  private static List<Line> lines(List<EventLog.Entry> last) {
    List<Line> lines = new ArrayList<>();
    TreeSet<Integer> cpus = new TreeSet<>();
    int operations = 0;
    for (int i = last.size() - 1; i >= 0 && operations < OPERATIONS_MAX; i--) {
      EventLog.Entry entry = last.get(i);
      Call call = call(entry, stepBefore(last, i));
      if (call != null) {
        operations++;
        cpus.add(entry.cpu());
        if (cpus.size() > CPUS_MAX) {
          break;
        }
      }
      lines.add(0, new Line(entry, call, ""));
    }
    return lines;
  }

  /** The step of the page's life before an event, whatever happened to its references meanwhile. */
  private static EventLog.@Nullable Entry stepBefore(List<EventLog.Entry> last, int event) {
    for (int i = event - 1; i >= 0; i--) {
      if (last.get(i).code() < CustodyAccount.TAKEN) {
        return last.get(i);
      }
    }
    return null;
  }

  private static @Nullable Call call(EventLog.Entry entry, EventLog.@Nullable Entry before) {
    int code = entry.code();
    if (code == CustodyAccount.TAKEN || code == CustodyAccount.DROPPED) {
      boolean isPin = entry.reason() == Ref.GUP.ordinal() + 1;
      return !isPin ? null : code == CustodyAccount.TAKEN ? PIN : UNPIN;
    }
    if (code > CustodyAccount.TAKEN) {
      return null;
    }
    return switch (LifeStep.values()[code]) {
      case ADD -> READ;
      case INSERT_INACTIVE_FILE, INSERT_ACTIVE_FILE ->
        before == null || before.code() == LifeStep.ADD.ordinal() ? DRAIN : null;
      case ACTIVATE -> ACTIVATE;
      case DIRTY -> WRITE;
      case DELETE ->
        switch (entry.context()) {
          case 0 -> TRUNCATE;
          case 1 -> SHRINK;
          default -> KSWAPD;
        };
      default -> null;
    };
  }

  /** The Java of it. */
  private record Text(
      String name,
      String id,
      String file,
      long pfn,
      List<Line> lines,
      List<List<Line>> cpus,
      boolean keepsPins,
      StepText words) {

    String text() {
      StringBuilder text = new StringBuilder();
      TreeSet<String> imports = new TreeSet<>();
      for (List<Line> own : cpus) {
        for (Line line : own) {
          if (line.call() != null) {
            imports.add(line.call().method());
          }
        }
      }
      if (!overlap().isEmpty()) {
        text.append("import static org.gupstress.scenario.Conditions.overlap;\n");
      }
      imports.forEach(method -> text.append("import static org.gupstress.scenario.Programs.")
          .append(method)
          .append(";\n"));
      text.append(imports.isEmpty() ? "" : "\n")
          .append("import java.util.List;\n")
          .append("import org.gupstress.scenario.Boot;\n")
          .append("import org.gupstress.scenario.Spec;\n\n");
      text.append("/**\n * The last operations on the page with the most events of a trace.\n *\n")
          .append(" * <pre>\n * ")
          .append(commented(file))
          .append(", pfn 0x")
          .append(Long.toHexString(pfn))
          .append('\n');
      lines.forEach(line -> text.append(" * ").append(commented(event(line))).append('\n'));
      text.append(" * </pre>\n */\n");
      text.append("public final class ").append(name).append(" extends Spec {\n");
      text.append("  public ").append(name).append("() {\n");
      text.append("    super(\"")
          .append(id)
          .append("\", \"the last operations on pfn 0x")
          .append(Long.toHexString(pfn))
          .append(" of a trace\");\n");
      int width = Math.max(1, cpus.size());
      text.append("    cpus(" + width + ", " + width + ", " + width);
      for (int role = 0; role < width; role++) {
        text.append(", ").append(role);
      }
      text.append(");\n    pages(2);\n");
      if (keepsPins) {
        text.append("    keepingPins(); // which are given back after the trace\n");
      }
      boot(text);
      program(text);
      condition(text);
      return text.append("  }\n}\n").toString();
    }

    private void boot(StringBuilder text) {
      text.append("    boot(mm -> {\n");
      if (isCachedFirst()) {
        text.append("      Boot.mapped(mm, 0);\n");
      } else {
        text.append("      mm.lru().bootFree(mm.cpu(0), mm.page().address(0));\n");
      }
      text.append("      mm.lru().bootFree(mm.cpu(0), mm.page().address(1));\n    });\n");
    }

    /** Whether the page was in the page cache before its first operation. */
    private boolean isCachedFirst() {
      return lines.stream()
          .map(Line::call)
          .filter(Objects::nonNull)
          .findFirst()
          .map(call -> !call.equals(READ))
          .orElse(true);
    }

    private void program(StringBuilder text) {
      if (cpus.isEmpty()) {
        text.append(
            "    program((role, rounds, design) -> List.of()); // nothing of it is modelled\n");
        return;
      }
      text.append("    program((role, rounds, design) -> switch (role) {\n");
      for (int role = 0; role < cpus.size(); role++) {
        List<Line> own = cpus.get(role);
        text.append(role == cpus.size() - 1 ? "      default -> " : "      case " + role + " -> ")
            .append("List.of( // cpu")
            .append(own.get(0).entry().cpu())
            .append(" of the trace\n");
        long left = own.stream().filter(line -> line.call() != null).count();
        for (Line line : own) {
          Call call = line.call();
          left -= call == null ? 0 : 1;
          text.append("          ")
              .append(call == null ? "// not modelled" : call.call() + (left > 0 ? "," : ""))
              .append(call == null ? ": " : " // ")
              .append(line.remark())
              .append(commented(event(line)))
              .append('\n');
        }
        text.append("      );\n");
      }
      text.append("    });\n");
    }

    private void condition(StringBuilder text) {
      List<String> pair = overlap();
      if (!pair.isEmpty()) {
        text.append("    sometimes(\"" + pair.get(0) + " and " + pair.get(1)
            + " overlapped\", m -> overlap(m, \"" + pair.get(0) + "\", \"" + pair.get(1)
            + "\"));\n");
      }
    }

    /** The last operation of each of the first two CPUs; empty if there is but one. */
    private List<String> overlap() {
      return cpus.size() < 2 ? List.of() : List.of(lastOf(cpus.get(0)), lastOf(cpus.get(1)));
    }

    private static String lastOf(List<Line> own) {
      String last = "";
      for (Line line : own) {
        last = line.call() == null ? last : line.call().name();
      }
      return last;
    }

    private String event(Line line) {
      PageStep step = words.step(line.entry());
      return BigDecimal.valueOf(step.seconds())
              .setScale(6, RoundingMode.HALF_UP)
              .toPlainString() + " cpu" + step.cpu() + " " + step.task() + " " + step.text();
    }

    /** A task may call itself what it likes. */
    private static String commented(String text) {
      return text.replaceAll("[^ -~]", "?")
          .replace("*/", "* /")
          .replace("\\", "/")
          .replace("<", "(")
          .replace("&", "+")
          .replace("@", "(at)")
          .replace(">", ")");
    }
  }
}
