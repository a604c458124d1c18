// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipException;
import org.gupstress.dossier.Dossier;
import org.gupstress.dossier.ListPass;
import org.gupstress.dossier.MachineCounter;
import org.gupstress.load.LoadProfile;
import org.gupstress.process.FileKind;
import org.gupstress.process.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace once, from its beginning to its end, in memory that does not grow with it.
 *
 * <p>A line that cannot be read is counted, and is a hole in the trace like events that the kernel
 * says are lost. A file in which the first lines, or most lines, cannot be read is no trace.
 */
public final class TraceReader {
  /** Lines after which a file without an event is no trace. */
  private static final int PATIENCE = 200;

  /** How far the clocks of two CPUs may be apart. */
  private static final long APART_NANOS = 1_000_000;

  private static final int UNREAD_MAX = 1000;
  private static final int UNREAD_SHOWN = 30;
  private static final long NEVER = Long.MIN_VALUE;

  private final Path file;
  private final TraceLine line = new TraceLine();
  private final Tasks tasks = new Tasks();
  private final EventLog log = new EventLog();
  private final MachineAccount machine = new MachineAccount();
  private final PageLives lives = new PageLives(machine, log, PageLives.PAGES_MAX);
  private final Map<String, Long> unread = new TreeMap<>();
  private @Nullable CustodyAccount custody;

  private long[] lastOf = new long[0];
  private long number;
  private long began = NEVER;
  private long latest = NEVER;
  private boolean isInTicks;
  private int stackCpu;
  private String first = "";

  private long events;
  private long read;
  private long cut;
  private long lost;
  private long disorder;

  private TraceReader(Path file) {
    this.file = file;
  }

  /**
   * Reads a trace.
   *
   * @throws Refused with a sentence if it is none, ends in the middle of its compression, or its
   *     clock goes back
   */
  public static TraceReader read(Path file) throws Refused {
    TraceReader reader = new TraceReader(file);
    try (InputStream in = TraceInput.open(file)) {
      reader.read(new Lines(in));
    } catch (EOFException e) {
      throw Refused.quoting(file + " is cut off: its compression ends in the middle, after "
          + reader.number + " lines");
    } catch (ZipException e) {
      throw Refused.quoting(
          file + " is damaged: its compression is broken after " + reader.number + " lines");
    } catch (IOException e) {
      throw Refused.quoting(file + " cannot be read: " + FileKind.why(e));
    }
    return reader;
  }

  private void read(Lines lines) throws IOException {
    while (lines.advance()) {
      number++;
      TraceLine.Kind kind = line.read(lines.bytes(), lines.from, lines.to);
      switch (kind) {
        case EVENT -> event(lines.isCut);
        case STACK -> stackCpu = line.cpu;
        case FRAME -> frame();
        case LOST -> lost();
        case REMARK -> {}
        case GARBLED -> garbled(lines);
      }
    }
    if (events == 0) {
      refuse();
    }
    if (custody != null) {
      custody.settle();
    }
  }

  private void frame() {
    String function = custody == null ? "" : line.function();
    // an address in the memory of a process has no name
    if (custody != null && !function.isEmpty()) {
      custody.frame(stackCpu, function);
    }
  }

  private void lost() {
    lost += Math.max(1, line.lost);
    hole();
  }

  private void garbled(Lines lines) {
    cut++;
    if (first.isEmpty()) {
      first =
          new String(lines.bytes(), lines.from, Math.min(lines.to - lines.from, 200), ISO_8859_1);
    }
    if (cut > PATIENCE && cut > events) {
      refuse();
    }
    hole();
  }

  private void refuse() {
    throw Refused.quoting(file + ": this is no trace" + OtherTool.guess(first)
        + "; expected lines like \"task-42 [000] d..1. 12.345678: mm_lru_insertion: ...\", of"
        + " /sys/kernel/tracing/trace or of trace-cmd report"
        + (first.isEmpty()
            ? ", found no event"
            : ", found \""
                + first.strip().substring(0, Math.min(60, first.strip().length())) + "\""));
  }

  private void hole() {
    lives.hole();
    if (custody != null) {
      custody.hole();
    }
  }

  private void event(boolean isCut) {
    clock();
    events++;
    Task task = tasks.of(line);
    if (custody != null) {
      custody.settle(line.cpu);
    }
    TraceEvent event = line.event;
    if (event == null) {
      String name = line.name().replaceAll("[^!-~]", "?");
      unread.merge(
          unread.size() < UNREAD_MAX || unread.containsKey(name) ? name : "others", 1L, Long::sum);
      return;
    }
    boolean isWhole = !isCut && take(event, task);
    if (isWhole) {
      read++;
    } else {
      cut++;
      hole();
    }
  }

  private boolean take(TraceEvent event, Task task) {
    if (event.isReference()) {
      if (custody == null) {
        custody = new CustodyAccount(lives, log);
      }
      return custody.take(event, line, task);
    }
    if (event == TraceEvent.FREE && custody != null) {
      custody.freed(line);
    }
    return event.compareTo(TraceEvent.ISOLATE) < 0
        ? lives.take(event, line, task)
        : machine.take(event, line, task);
  }

  /** A CPU's clock does not go back, and those of two are not far apart. */
  private void clock() {
    if (line.cpu >= lastOf.length) {
      int before = lastOf.length;
      lastOf = Arrays.copyOf(lastOf, Math.max(line.cpu + 1, 2 * before));
      Arrays.fill(lastOf, before, lastOf.length, NEVER);
    }
    if (began == NEVER) {
      began = line.nanos;
      latest = began;
      isInTicks = line.isInTicks;
    }
    boolean isBack = line.nanos < lastOf[line.cpu];
    boolean isApart = line.nanos < latest && latest - line.nanos > APART_NANOS;
    if (isBack || isApart || isInTicks != line.isInTicks) {
      throw Refused.quoting(file + ", line " + number + ": the clock "
          + (isInTicks != line.isInTicks
              ? "changes from " + (isInTicks ? "ticks to seconds" : "seconds to ticks")
              : "goes back" + (isBack ? " on CPU " + line.cpu : "") + ", from "
                  + time(isBack ? lastOf[line.cpu] : latest) + " to " + time(line.nanos))
          + "; expected one trace, in the order of time");
    }
    disorder += line.nanos < latest ? 1 : 0;
    lastOf[line.cpu] = line.nanos;
    latest = Math.max(latest, line.nanos);
  }

  private String time(long nanos) {
    return isInTicks
        ? nanos + " ticks"
        : BigDecimal.valueOf(nanos, 9).setScale(6, RoundingMode.DOWN).toPlainString() + " s";
  }

  // ---- what came of it

  /** Whether there was an event that counts for something. */
  public boolean isEmpty() {
    return read == 0;
  }

  /** Names of events that were not read, for sentences. */
  public List<String> unreadNames() {
    return unread.keySet().stream().limit(UNREAD_SHOWN).toList();
  }

  /**
   * All that is known.
   *
   * @param pfns frames of pages whose history is wanted
   * @throws Refused if there is no such page
   */
  public TraceRecord record(List<Long> pfns) throws Refused {
    Custody books = custody == null ? null : custody.custody();
    StepText words = new StepText(tasks, began, isInTicks);
    List<PageHistory> histories = new ArrayList<>();
    for (long pfn : pfns) {
      histories.add(history(pfn, words));
    }
    Path name = file.getFileName();
    Dossier dossier = dossier();
    return new TraceRecord(
        String.valueOf(name),
        new Reading(events, read, shown(), cut, lost, lives.holes(), lives.unfollowed(), disorder),
        dossier,
        refinement(dossier, words),
        books,
        histories);
  }

  /** What the machine did. */
  public Dossier dossier() {
    int cpus = 0;
    for (long last : lastOf) {
      cpus += last == NEVER ? 0 : 1;
    }
    double seconds = isInTicks ? Double.NaN : (latest - began) / 1e9;
    return machine.dossier(seconds, cpus, tasks);
  }

  /** The load that made the trace, as far as it shows it; without streams if it shows none. */
  public LoadProfile load() {
    List<ListPass> inactive = dossier().passes().stream()
        .filter(pass -> !pass.isActive() && pass.priority() != ListPass.NO_PRIORITY)
        .toList();
    long referenced = inactive.stream().mapToLong(ListPass::referencedPages).sum();
    return lives
        .load()
        .profile(
            String.valueOf(file.getFileName()), inactive.isEmpty() ? ListPass.UNKNOWN : referenced);
  }

  /** The names with the most events, and the rest as one. */
  private Map<String, Long> shown() {
    Map<String, Long> shown = new LinkedHashMap<>();
    unread.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .forEach(entry -> shown.merge(
            shown.size() < UNREAD_SHOWN ? entry.getKey() : "others", entry.getValue(), Long::sum));
    return shown;
  }

  private PageHistory history(long pfn, StepText words) {
    int page = lives.find(pfn);
    if (page == LongTable.NONE) {
      int hottest = lives.hottest();
      throw Refused.quoting("there is no event of the page with pfn 0x" + Long.toHexString(pfn)
          + " in " + file
          + (hottest == PageLives.NONE
              ? ", nor of any other page"
              : "; the page with the most events is 0x" + Long.toHexString(lives.pfn(hottest))));
    }
    return new PageHistory(
        pfn,
        lives.events(page),
        log.upTo(lives.last(page), EventLog.KEPT).stream().map(words::step).toList());
  }

  private Refinement refinement(Dossier dossier, StepText words) {
    boolean hasMigrations = dossier.count(MachineCounter.MIGRATED) > 0;
    List<Refinement.Miss> misses = new ArrayList<>();
    long moved = 0;
    for (Map.Entry<MissRule, PageLives.Miss> each : lives.misses().entrySet()) {
      PageLives.Miss miss = each.getValue();
      if (each.getKey() == MissRule.MOVED_UNSEEN && hasMigrations) {
        moved = miss.pages;
      } else {
        misses.add(new Refinement.Miss(
            each.getKey(),
            miss.events,
            miss.pages,
            miss.pfn,
            words.seconds(miss.nanos),
            miss.example.stream().map(words::step).toList()));
      }
    }
    long pages = lives.lived();
    return new Refinement(pages, pages - lives.missed(hasMigrations), moved, lives.steps(), misses);
  }

  /** A scenario with the last operations of the hottest page; null if it has none of the model. */
  public @Nullable ScenarioFile scenario(String name, String id) {
    int page = lives.hottest();
    return page == PageLives.NONE
        ? null
        : ScenarioFile.of(
            name,
            id,
            String.valueOf(file.getFileName()),
            lives.pfn(page),
            log.upTo(lives.last(page), ScenarioFile.STEPS_MAX),
            new StepText(tasks, began, isInTicks));
  }
}
