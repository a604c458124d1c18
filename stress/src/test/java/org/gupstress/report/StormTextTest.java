// SPDX-License-Identifier: Apache-2.0
package org.gupstress.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.gupstress.claim.Harm;
import org.gupstress.dossier.ReferenceRow;
import org.gupstress.page.Ref;
import org.gupstress.storm.HarmCount;
import org.gupstress.storm.StormRecord;
import org.gupstress.storm.StormResult;
import org.gupstress.storm.StormSecond;
import org.gupstress.storm.Storms;
import org.gupstress.text.Format;
import org.gupstress.text.Sheet;
import org.junit.jupiter.api.Test;

/** What the text of a storm says, and that every leak has its sentence. */
class StormTextTest {

  private static List<String> print(Consumer<Sheet> text) {
    StringWriter out = new StringWriter();
    text.accept(new Sheet(new PrintWriter(out), Format.TERMINAL, false));
    return Arrays.asList(out.toString().split("\n", -1));
  }

  private static StormRecord story(int seconds, HarmCount... harms) {
    List<StormSecond> ticks = new ArrayList<>();
    for (int second = 1; second <= seconds; second++) {
      ticks.add(Storms.second(second));
    }
    return new StormRecord(
        "rfc-oct",
        Storms.SETUP,
        Storms.HOST,
        ticks,
        List.of(Storms.stranded()),
        Storms.result(harms));
  }

  @Test
  void answersWhatBecameOfThePages() {
    List<String> lines =
        print(sheet -> StormText.print(story(3, Storms.harm(Harm.STRANDED, 0.25)), false, sheet));
    assertThat(lines)
        .contains("60,000 stranded pages, and how they were freed")
        .contains("  59,995 at unmount")
        .contains("  5 never: leaked until reboot");
    assertThat(lines)
        .anyMatch(line -> line.matches("stranded +0 +60,000 +5"))
        .anyMatch(line -> line.matches("reclaimable or free +100 % +8.4 % +> 99 %"))
        .anyMatch(line -> line.matches("pins +3,703,701 +1,234,567"))
        .anyMatch(line -> line.matches("inactive_file +12 +12 +384 +192 +96 +48 +48 +25%"))
        .anyMatch(line -> line.matches("lru_lock.wait +1,000 +120 +4,500 +90,000 +1,000,000"));
  }

  @Test
  void aFindingNamesWhoWhatAndWhere() {
    assertThat(String.join(
            "\n",
            print(sheet ->
                StormText.print(story(3, Storms.harm(Harm.STRANDED, 0.25)), false, sheet))))
        .contains("stranded (never-stranded), known as R-01, at 0.25 s, 60,000 times")
        .contains("page 4711 has 1 reference (page cache)")
        .contains("by cpu1 in unpin, cpu0 in shrink")
        .contains("its union before: 0x2 0xdead000000000001")
        .contains("its union after: 0xffffea0000000008 0xffffea0000000008")
        .contains("249,000 us cpu1 unpin: not put back");
  }

  @Test
  void aLongStormHasTenLinesOfSecondsAndItsLast() {
    List<String> lines = print(sheet -> StormText.print(story(101), false, sheet));
    int heading = lines.indexOf(
        lines.stream().filter(line -> line.startsWith("second")).findFirst().orElseThrow());
    List<String> seconds = lines.subList(heading + 1, heading + 12).stream()
        .map(line -> line.strip().split(" +", 2)[0])
        .toList();
    assertThat(seconds)
        .containsExactly("11", "22", "33", "44", "55", "66", "77", "88", "99", "101", "");
  }

  @Test
  void everyLeakHasItsSentence() {
    List<ReferenceRow> rows = new ArrayList<>();
    for (Ref reason : Ref.values()) {
      rows.add(new ReferenceRow(reason, "filemap_fault", 3, 0));
      rows.add(new ReferenceRow(reason, "put_page", 0, 1));
    }
    String text =
        String.join(" ", print(sheet -> ReferencesText.print(rows, sheet))).replaceAll(" +", " ");
    for (Ref reason : Ref.values()) {
      assertThat(text)
          .contains(reason.id() + ", " + reason.holder()
              + ": 2 references taken in filemap_fault and never dropped: ");
    }
    assertThat(text).doesNotContain("Nothing is outstanding");
  }

  @Test
  void droppingMoreThanWasTakenIsNoLeak() {
    List<ReferenceRow> rows = List.of(
        new ReferenceRow(Ref.GUP, "gup_pte_range", 1, 0),
        new ReferenceRow(Ref.GUP, "put_page", 0, 2));
    assertThat(String.join(" ", print(sheet -> ReferencesText.print(rows, sheet))))
        .contains("1 reference more dropped than taken, by put_page");
  }

  @Test
  void aPinIsShownAsAPin() {
    List<ReferenceRow> rows = List.of(
        new ReferenceRow(Ref.GUP, "gup_pte_range", 1024, 7000, 0),
        new ReferenceRow(Ref.GUP, "put_user_page", 1024, 0, 7000));
    List<String> lines = print(sheet -> ReferencesText.print(rows, sheet));
    assertThat(lines)
        .anyMatch(line -> line.matches("get_user_pages, pins +all +7,000 +7,000 +0"))
        .contains("A pin is 1,024 units of _refcount.")
        .anyMatch(line -> line.startsWith("Nothing is outstanding"));
  }

  @Test
  void aPutThatNobodyConvertedTakesAPartOfAPin() {
    List<ReferenceRow> rows = List.of(
        new ReferenceRow(Ref.GUP, "put_page", 1, 0, 930),
        new ReferenceRow(Ref.GUP, "gup_pte_range", 1024, 7000, 0),
        new ReferenceRow(Ref.GUP, "put_user_page", 1024, 0, 6070));
    List<String> lines = print(sheet -> ReferencesText.print(rows, sheet));
    assertThat(lines)
        .anyMatch(line -> line.matches("get_user_pages, pins +all +7,000 +6,070 +930"))
        .anyMatch(line -> line.matches("get_user_pages +all +0 +930 +-930"));
    assertThat(String.join(" ", lines).replaceAll(" +", " "))
        .contains("F-GUP, get_user_pages: 930 pins taken in gup_pte_range and never dropped whole,"
            + " of which put_page took 930 single units: a pin that nobody can give back");
  }

  @Test
  void aBalancedTableSaysSo() {
    StormResult result = Storms.result();
    List<ReferenceRow> pins = result.references().subList(2, 4);
    assertThat(print(sheet -> ReferencesText.print(pins, sheet)))
        .anyMatch(line -> line.startsWith("Nothing is outstanding"));
  }

  @Test
  void whatIsOutstandingWhereTheMachineWasStoppedIsNoLeak() {
    StormResult stopped = Storms.stopped(Storms.harm(Harm.DEADLOCK, 1.5));
    StormRecord storm =
        new StormRecord("rfc-jul", Storms.SETUP, Storms.HOST, List.of(), List.of(), stopped);
    List<String> lines = print(sheet -> StormText.print(storm, false, sheet));
    assertThat(String.join(" ", lines).replaceAll(" +", " "))
        .contains("No leak: the machine was stopped with cpu1 in rdma-pin, cpu3 in flush in flight")
        .contains("was stopped before the storm was over, with 2 operations in flight")
        .doesNotContain("never dropped");
    assertThat(lines)
        .anyMatch(line -> line.matches("page cache +all +70,000 +69,995 +5"))
        .anyMatch(line -> line.matches("pages +at start +last seen"));
    assertThat(print(sheet -> CompareText.print(List.of(storm), sheet)))
        .anyMatch(line -> line.matches("reclaimable unmounted +-"))
        .anyMatch(line -> line.matches("pages never freed +-"));
  }

  @Test
  void theTableOfDesignsSaysWhenMemoryWasFirstCorrupted() {
    StormRecord broken =
        story(3, Storms.harm(Harm.STRANDED, 0.25), Storms.harm(Harm.WILD_POINTER, 1.5));
    StormRecord cut =
        new StormRecord("foll-pin", Storms.SETUP, Storms.HOST, List.of(), List.of(), null);
    List<String> lines = print(sheet -> CompareText.print(List.of(broken, cut), sheet));
    assertThat(lines)
        .anyMatch(line -> line.matches("corruptions +60,000 +cut off"))
        .anyMatch(line -> line.matches("first corruption at +1.50s +cut off"))
        .anyMatch(line -> line.matches("stranded pages +60,000 +cut off"))
        .anyMatch(line -> line.matches("pages never freed +5 +cut off"));
  }
}
