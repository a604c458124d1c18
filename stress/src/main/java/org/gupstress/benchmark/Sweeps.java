// SPDX-License-Identifier: Apache-2.0
package org.gupstress.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gupstress.design.Designs;
import org.gupstress.design.PinDesign;

/** The parameters that a run measures for each question. */
final class Sweeps {
  private static final String ALL = everyDesign();

  /** No tracking, the last posting, what the review asked for, and what Linux does now. */
  static final List<String> SOME = List.of("get-page", "rfc-nov", "rfc-fixed", "foll-pin");

  /** The postings that lose a hot page for good. */
  private static final String LOSING = "rfc-oct,rfc-nov";

  private static final String ACCESSES = "read,add,compareAndSet,setBit,scan,walk";
  private static final String LOCKS = "ttas,ticket,mcs,qspinlock,reentrant,synchronized";
  private static final String INSTRUMENTS = "none,ledger,link-checks,watchpoints,events,all";

  private Sweeps() {}

  static List<Sweep> of(Question question, Effort effort) {
    return effort == Effort.QUICK ? quick(question) : full(question);
  }

  private static List<Sweep> quick(Question question) {
    return switch (question) {
      case PIN_UNPIN ->
        List.of(
            Sweep.alone("atomicPair,twoAtomicPairs", params("pages", "hot")).asHeadline(),
            Sweep.alone("pinAndUnpin", params("design", ALL, "pages", "hot")).asHeadline(),
            Sweep.alone("fromPlace", params("design", LOSING, "place", "lru,lost"))
                .asHeadline(),
            Sweep.curve("atomicPair", params("pages", "hot")),
            Sweep.curve("pinAndUnpin", params("design", some(), "pages", "hot")),
            Sweep.alone("fromPlace", params("design", ALL, "place", "lru")),
            Sweep.alone(
                "fromPlace", params("design", "rfc-oct,rfc-nov,rfc-fixed", "place", "pagevec")));
      case LRU_LOCK_CONTENTION ->
        List.of(
            Sweep.curve(
                "isolateAndPutback", params("lock", LOCKS, "granularity", "node", "pagevec", "15")),
            Sweep.curve(
                "isolateAndPutback",
                params("lock", "qspinlock", "granularity", "memcg", "pagevec", "15")),
            Sweep.by(
                BenchThreads.of(2),
                "isolateAndPutback",
                params("lock", "qspinlock", "granularity", "node", "pagevec", "1,31")));
      case PIN_AGAINST_RECLAIM ->
        List.of(
            roles(
                params("design", some(), "pinned", "anonymous"),
                BenchThreads.of(0, 1, 0),
                BenchThreads.of(0, 0, 1),
                BenchThreads.of(0, 1, 1),
                BenchThreads.of(1, 1, 1)),
            roles(
                params("design", some(), "pinned", "file"),
                BenchThreads.of(0, 1, 0),
                BenchThreads.of(0, 1, 1)));
      case GUP_FAST ->
        List.of(
            Sweep.alone("pinAndUnpin", params("design", ALL, "ptes", "512")).asHeadline(),
            Sweep.alone("pinAndUnpin", params("design", "foll-pin", "ptes", "1,16")));
      case FAULT_PIN_UNPIN ->
        List.of(
            Sweep.curve("fault", params()), Sweep.alone("faultPinUnpin", params("design", ALL)));
      case HARNESS_COST ->
        List.of(
            Sweep.alone(
                "pinAndUnpin",
                params("design", "foll-pin", "instrument", "none,ledger,events,all")),
            Sweep.alone(
                "pinAndUnpin", params("design", "rfc-fixed", "instrument", "none,watchpoints")),
            Sweep.alone(
                "scan",
                params("design", "foll-pin", "instrument", "none,ledger,link-checks,events,all")));
      case HARNESS_FLOOR ->
        List.of(Sweep.alone(methods(ACCESSES, "Native,Unsafe"), params()).asHeadline());
      case SPINS_AND_TAILS ->
        List.of(
            Sweep.by(BenchThreads.of(2), "tail", params("design", some())),
            Sweep.by(BenchThreads.of(2), "spins", params("design", some())));
    };
  }

  /** The headlines of a quick run come first, with as many rounds. */
  private static List<Sweep> full(Question question) {
    List<Sweep> all =
        new ArrayList<>(quick(question).stream().filter(Sweep::isHeadline).toList());
    all.addAll(crossed(question));
    return all;
  }

  private static List<Sweep> crossed(Question question) {
    return switch (question) {
      case PIN_UNPIN ->
        List.of(
            Sweep.curve("atomicPair,twoAtomicPairs", params("pages", "hot,own,shared")),
            Sweep.curve("pinAndUnpin", params("design", ALL, "pages", "hot,own,shared")),
            Sweep.curve("fromPlace", params("design", ALL, "place", "lru,pagevec,lost")));

      case LRU_LOCK_CONTENTION ->
        List.of(Sweep.curve(
            "isolateAndPutback",
            params("lock", LOCKS, "granularity", "node,memcg", "pagevec", "1,15,31")));
      case PIN_AGAINST_RECLAIM ->
        List.of(
            roles(params("design", ALL, "pinned", "anonymous"), BenchThreads.of(0, 0, 1)),
            roles(
                params("design", ALL, "pinned", "anonymous,file"),
                BenchThreads.of(0, 1, 0),
                BenchThreads.of(0, 1, 1),
                BenchThreads.of(1, 1, 1),
                BenchThreads.of(1, 2, 1)));
      case GUP_FAST ->
        List.of(Sweep.curve("pinAndUnpin", params("design", ALL, "ptes", "1,16,512")));
      case FAULT_PIN_UNPIN ->
        List.of(
            Sweep.curve("fault", params()), Sweep.curve("faultPinUnpin", params("design", ALL)));
      case HARNESS_COST ->
        List.of(Sweep.alone(
            "pinAndUnpin,scan", params("design", "rfc-fixed,foll-pin", "instrument", INSTRUMENTS)));
      case HARNESS_FLOOR ->
        List.of(Sweep.alone(methods(ACCESSES, "Array") + ",scanAmongOthers", params()));
      case SPINS_AND_TAILS -> List.of(Sweep.curve("tail,spins", params("design", ALL)));
    };
  }

  private static Sweep roles(Map<String, List<String>> params, BenchThreads... threadGroups) {
    return Sweep.of("pinAgainstReclaim", params, List.of(threadGroups));
  }

  /** Every access through every memory. */
  private static String methods(String accesses, String memories) {
    return Arrays.stream(accesses.split(",", -1))
        .flatMap(access -> Arrays.stream(memories.split(",", -1)).map(access::concat))
        .collect(Collectors.joining(","));
  }

  private static String some() {
    return String.join(",", SOME);
  }

  private static String everyDesign() {
    return String.join(",", Designs.all().stream().map(PinDesign::id).toList());
  }

  private static Map<String, List<String>> params(String... namesAndValues) {
    Map<String, List<String>> params = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      params.put(namesAndValues[i], Arrays.asList(namesAndValues[i + 1].split(",", -1)));
    }
    return params;
  }
}
