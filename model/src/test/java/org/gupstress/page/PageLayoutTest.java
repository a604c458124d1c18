// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The constants say what the drawing above them shows, and the drawing is that of Linux 4.19. */
class PageLayoutTest {
  private static final Path SOURCE = Path.of("src/main/java/org/gupstress/page/PageLayout.java");
  private static final Pattern ROW = Pattern.compile("^ \\*\\s+(\\d+)?\\s+\\|(.*)\\|$");

  private static final Map<String, Integer> CONSTANTS = new LinkedHashMap<>();

  static {
    CONSTANTS.put("flags", PageLayout.FLAGS);
    CONSTANTS.put("lru.next", PageLayout.LRU_NEXT);
    CONSTANTS.put("compound_", PageLayout.COMPOUND_HEAD);
    CONSTANTS.put("pgmap", PageLayout.PGMAP);
    CONSTANTS.put("dma_pinned_flags", PageLayout.DMA_PINNED_FLAGS);
    CONSTANTS.put("lru.prev", PageLayout.LRU_PREV);
    CONSTANTS.put("hmm_data", PageLayout.HMM_DATA);
    CONSTANTS.put("dtor", PageLayout.COMPOUND_DTOR);
    CONSTANTS.put("c_mapcount", PageLayout.COMPOUND_MAPCOUNT);
    CONSTANTS.put("dma_pinned_count", PageLayout.DMA_PINNED_COUNT);
    CONSTANTS.put("mapping", PageLayout.MAPPING);
    CONSTANTS.put("index", PageLayout.INDEX);
    CONSTANTS.put("private", PageLayout.PRIVATE);
    CONSTANTS.put("_mapcount", PageLayout.MAPCOUNT);
    CONSTANTS.put("_refcount", PageLayout.REFCOUNT);
    CONSTANTS.put("mem_cgroup", PageLayout.MEM_CGROUP);
  }

  @Test
  void theDrawingAndTheConstantsAreTheSame() throws IOException {
    Map<String, Set<Integer>> drawn = drawing(Files.readString(SOURCE));
    CONSTANTS.forEach((field, offset) -> assertThat(drawn.get(field))
        .as("offsets of " + field + " in the drawing")
        .containsExactly(offset));
  }

  /** The control: a drawing with a field moved is another drawing. */
  @Test
  void aFieldThatIsMovedInTheDrawingIsSeen() throws IOException {
    String moved = Files.readString(SOURCE).replace("    52   | _refcount", "    56   | _refcount");
    assertThat(drawing(moved).get("_refcount")).isNotEqualTo(Set.of(PageLayout.REFCOUNT));
  }

  /** Field by offset: rows without a number belong to the one above. */
  private static Map<String, Set<Integer>> drawing(String source) {
    Map<String, Set<Integer>> fields = new TreeMap<>();
    int offset = -1;
    int device = -1;
    for (String line : source.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        offset = row.group(1) == null ? offset : Integer.parseInt(row.group(1));
        // "(ZONE_DEVICE: name)" may need two rows
        device = row.group(2).contains("ZONE_DEVICE") ? offset : device;
        for (String word : row.group(2).split("[\\s|,():]+", -1)) {
          if (CONSTANTS.containsKey(word)) {
            boolean ofDevice = word.equals("pgmap") || word.equals("hmm_data");
            fields.computeIfAbsent(word, w -> new TreeSet<>()).add(ofDevice ? device : offset);
          }
        }
      }
    }
    return fields;
  }

  @Test
  void theOffsetsAreThoseOfLinux419() {
    assertThat(PageLayout.SIZE).isEqualTo(64);
    assertThat(CONSTANTS.values())
        .containsExactly(0, 8, 8, 8, 8, 16, 16, 16, 20, 16, 24, 32, 40, 48, 52, 56);
    assertThat(PageLayout.LRU).isEqualTo(8);
    assertThat(PageLayout.UNION).isEqualTo(8);
    assertThat(PageLayout.UNION_BYTES).isEqualTo(16);
  }

  @Test
  void noTwoFieldsOutsideTheUnionOverlap() {
    int[] starts = {
      PageLayout.FLAGS,
      PageLayout.UNION,
      PageLayout.MAPPING,
      PageLayout.INDEX,
      PageLayout.PRIVATE,
      PageLayout.MAPCOUNT,
      PageLayout.REFCOUNT,
      PageLayout.MEM_CGROUP
    };
    int[] widths = {8, 16, 8, 8, 8, 4, 4, 8};
    int end = 0;
    for (int i = 0; i < starts.length; i++) {
      assertThat(starts[i]).isEqualTo(end);
      end += widths[i];
    }
    assertThat(end).isEqualTo(PageLayout.SIZE);
  }
}
