// SPDX-License-Identifier: Apache-2.0
package org.gupstress.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.gupstress.claim.Claim;
import org.gupstress.claim.Harm;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.lru.Zone;
import org.gupstress.page.PageKind;
import org.gupstress.page.Release;
import org.jspecify.annotations.Nullable;

/**
 * A scenario put together from its parts. What is not said is: one CPU, one round, one page, no
 * boot.
 */
public class Spec implements Scenario {
  /** Slots of a pagevec in a machine that is small enough to be exhausted. */
  private static final int PAGEVEC_SLOTS = 2;

  /** The programs of all roles. */
  @FunctionalInterface
  public interface Programme {
    List<Operation> of(int role, int rounds, PinDesign design);
  }

  private final String id;
  private final String summary;
  private Range cpus = new Range(1, 1, 1);
  private Range rounds = new Range(1, 1, 1);
  private int pages = 1;
  private boolean recheckPte = true;
  private Set<PageKind> kinds = Set.of();
  private List<Release> releases = List.of();
  private final Set<Load> load = EnumSet.noneOf(Load.class);
  private final Map<Integer, String> misbehaving = new TreeMap<>();
  private Consumer<Mm> boot = mm -> {};
  private int[] roles = {0};
  private Programme programme = (role, n, design) -> List.of();
  private List<Operation> interrupts = List.of();
  private boolean reclaimsEverything;
  private boolean accountsForPages;
  private boolean endsAtHarm;
  private boolean keepsPins;
  private Mm.@Nullable Space space;
  private Zone zone = Zone.NONE;
  private final List<Duty> duties = new ArrayList<>();
  private final Set<Claim> silentOn = EnumSet.of(Claim.RECLAIM_PROGRESSES);
  private @Nullable Function<Mm, String> outcome;
  private final List<Sometimes> sometimes = new ArrayList<>();

  /** For a scenario that is a class of its own and says its parts in its constructor. */
  protected Spec(String id, String summary) {
    this.id = id;
    this.summary = summary;
  }

  public static Spec named(String id, String summary) {
    return new Spec(id, summary);
  }

  /** How many CPUs it can have, how many the audit runs, and the role of each. */
  public final Spec cpus(int min, int usual, int max, int... roleOfEach) {
    cpus = new Range(min, usual, max);
    roles = roleOfEach.clone();
    return this;
  }

  public final Spec rounds(int min, int usual, int max) {
    rounds = new Range(min, usual, max);
    return this;
  }

  public final Spec pages(int count) {
    pages = count;
    return this;
  }

  /** Which pages there are beside page cache and anonymous ones. */
  public final Spec kinds(PageKind... present) {
    kinds = Set.of(present);
    for (PageKind kind : present) {
      load.add(
          switch (kind) {
            case DEVICE -> Load.DEVICE_PAGES;
            case HUGETLB -> Load.HUGETLB_PAGES;
            case ZERO -> Load.ZERO_PAGE;
            case HUGE -> Load.HUGE_PAGES;
          });
    }
    return this;
  }

  /** A machine whose gup_fast does not read the pte again: for controls that must fail. */
  public final Spec withoutPteRecheck() {
    recheckPte = false;
    return this;
  }

  /**
   * The releases of Linux that it is about, and runs in where no other is asked for.
   *
   * @param ids like 6.18
   * @throws IllegalArgumentException if the model has none of that name
   */
  public final Spec linux(String... ids) {
    releases = Release.linux(ids);
    return this;
  }

  public final Spec boot(Consumer<Mm> setUp) {
    boot = setUp;
    return this;
  }

  /** How the machine begins so far, for whoever adds something to it. */
  final Consumer<Mm> bootOfAll() {
    return boot;
  }

  public final Spec program(Programme all) {
    programme = all;
    return this;
  }

  /** What interrupts cpu0, in this order. */
  public final Spec interrupt(Operation... handlers) {
    interrupts = List.of(handlers);
    load.add(Load.INTERRUPTS);
    return this;
  }

  /** What it has that another engine may not have, beside interrupts and kinds of pages. */
  public final Spec load(Load... others) {
    load.addAll(List.of(others));
    return this;
  }

  /**
   * The driver on the CPUs of this role does something wrong with its pins, which is not the
   * design's fault.
   *
   * @param does what, as in "gives its pin back with put_page"
   */
  public final Spec misbehaving(int role, String does) {
    misbehaving.put(role, does);
    return this;
  }

  public final Spec sometimes(String sentence, Predicate<Moment> condition) {
    sometimes.add(new Sometimes(sentence, condition));
    return this;
  }

  /** Names the way in which the run ended. */
  public final Spec outcome(Function<Mm, String> name) {
    outcome = name;
    return this;
  }

  /** All pages are page cache pages, and the program ends with pressure. */
  public final Spec reclaimingEverything() {
    reclaimsEverything = true;
    silentOn.remove(Claim.RECLAIM_PROGRESSES);
    return this;
  }

  /** Between operations, reclaim's counters must know of all pages in use. */
  public final Spec accountingForPages() {
    accountsForPages = true;
    silentOn.remove(Claim.RECLAIM_PROGRESSES);
    return this;
  }

  /** Pins and plain references that are in registers at the end are meant to be there. */
  public final Spec keepingPins() {
    keepsPins = true;
    return this;
  }

  /** A run is over where it has done its first harm. */
  public final Spec endingAtHarm() {
    endsAtHarm = true;
    return this;
  }

  /** What must be so when everything has run. */
  public final Spec duty(Harm harm, String otherwise, Predicate<Moment> isDone) {
    duties.add(new Duty(harm, otherwise, isDone));
    silentOn.remove(harm.claim());
    return this;
  }

  /**
   * What must be so when everything has run, with a name of its own.
   *
   * @param harm which of the known harms it is most like: it decides which claim is violated
   * @param name what reports call it, like lost-in-migration
   */
  public final Spec duty(Harm harm, String name, String otherwise, Predicate<Moment> isDone) {
    duties.add(new Duty(harm, name, otherwise, isDone));
    silentOn.remove(harm.claim());
    return this;
  }

  /** Files and user memory other than one file that is mapped privately. */
  public final Spec space(Mm.Space userMemory) {
    space = userMemory;
    return this;
  }

  /** Watermarks and a buddy list: free pages run short, and reclaim is called for them. */
  public final Spec zone(Zone sizes) {
    zone = sizes;
    return this;
  }

  /**
   * Devices write to pages of a file. This is for readers: whether what was written is lost is
   * judged in every scenario.
   */
  public final Spec writing() {
    return this;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String summary() {
    return summary;
  }

  @Override
  public final Range cpus() {
    return cpus;
  }

  @Override
  public final Range rounds() {
    return rounds;
  }

  @Override
  public final List<Release> releases() {
    return releases;
  }

  @Override
  public final Mm.Shape shape(int count) {
    Mm.Shape shape = new Mm.Shape(
            count, pages, PAGEVEC_SLOTS, !interrupts.isEmpty(), recheckPte, kinds)
        .with(zone);
    return space == null ? shape : shape.with(space);
  }

  @Override
  public final void boot(Mm mm) {
    boot.accept(mm);
  }

  @Override
  public final int role(int cpu) {
    return roles[Math.min(cpu, roles.length - 1)];
  }

  @Override
  public final List<Operation> program(int role, int count, PinDesign design) {
    return programme.of(role, count, design);
  }

  @Override
  public final List<Operation> interrupts(int cpu) {
    return cpu == 0 ? interrupts : List.of();
  }

  @Override
  public final List<Sometimes> sometimes() {
    return sometimes;
  }

  @Override
  public final Set<Load> load() {
    return Collections.unmodifiableSet(load);
  }

  @Override
  public final @Nullable String outcome(Mm mm) {
    return outcome == null ? null : outcome.apply(mm);
  }

  @Override
  public final Set<Claim> silentOn() {
    return silentOn;
  }

  @Override
  public final List<Duty> duties() {
    return duties;
  }

  @Override
  public final boolean accountsForPages() {
    return accountsForPages;
  }

  @Override
  public final boolean reclaimsEverything() {
    return reclaimsEverything;
  }

  @Override
  public final boolean keepsPins() {
    return keepsPins;
  }

  @Override
  public final Map<Integer, String> misbehaving() {
    return Collections.unmodifiableMap(misbehaving);
  }

  @Override
  public final boolean endsAtHarm() {
    return endsAtHarm;
  }
}
