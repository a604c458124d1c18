// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Traces to read: those that are shipped with the tests, and short ones made of shorthand. */
public final class Traces {
  /** The page of the shorthand. */
  public static final long PFN = 0x1234;

  private Traces() {}

  /** A trace of the resources. */
  public static Path shipped(String name) {
    try {
      return Path.of(Objects.requireNonNull(Traces.class.getResource(name)).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  static TraceRecord read(Path file) {
    return TraceReader.read(file).record(List.of());
  }

  /** Reads what is in the lines. */
  static TraceRecord read(Path directory, List<String> lines) {
    return read(written(directory, lines));
  }

  public static Path written(Path directory, List<String> lines) {
    try {
      return Files.write(directory.resolve("trace.txt"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An event of cpu0, some microseconds after the start. */
  public static String line(int micros, String event) {
    return "            task-42    [000] d..1.  12." + (100000 + micros) + ": " + event;
  }

  /**
   * A page's life in shorthand, a word for each event: alloc, free, add, delete, dirty, write,
   * activate, or the number of the list on which it is put, with the letters of its flags.
   */
  public static List<String> life(String words) {
    List<String> lines = new ArrayList<>();
    for (String word : words.split(" ", -1)) {
      lines.add(line(lines.size(), event(word)));
    }
    return lines;
  }

  private static String event(String word) {
    String page = "pfn=0x" + Long.toHexString(PFN);
    String slot = "dev 8:1 ino 1f " + page + " ofs=8192 order=";
    return switch (word) {
      case "_" -> "sched_switch: prev_comm=a";
      case "alloc" ->
        "mm_page_alloc: page=0x9 " + page + " order=0 migratetype=1 gfp_flags=GFP_NOFS";
      case "free" -> "mm_page_free: page=0x9 " + page + " order=0";
      case "add" -> "mm_filemap_add_to_page_cache: " + slot + "0";
      case "add-large" -> "mm_filemap_add_to_page_cache: " + slot + "2";
      case "add-other" -> "mm_filemap_add_to_page_cache: dev 8:1 ino 1f pfn=0x99 ofs=8192 order=0";
      case "delete" -> "mm_filemap_delete_from_page_cache: " + slot + "0";
      case "delete-large" -> "mm_filemap_delete_from_page_cache: " + slot + "2";
      case "dirty" -> "writeback_dirty_folio: bdi 8:1: ino=31 index=2";
      case "write" -> "mm_vmscan_write_folio: page=0x9 " + page + " flags=RECLAIM_WB_FILE";
      case "swap" -> "mm_vmscan_write_folio: page=0x9 " + page + " flags=RECLAIM_WB_ANON";
      case "activate" -> "mm_lru_activate: folio=0x9 " + page;
      case "moved" -> "mm_migrate_pages: nr_succeeded=1 nr_failed=0 mode=MIGRATE_ASYNC";
      default ->
        "mm_lru_insertion: folio=0x9 " + page + " lru=" + word.charAt(0) + " flags="
            + word.substring(1);
    };
  }
}
