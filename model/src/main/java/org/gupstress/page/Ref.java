// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Map;
import java.util.StringJoiner;

/** Why a reference to a page is held: who takes it and who must drop it (KERNEL.md 3.1). */
public enum Ref {
  ALLOC("F-ALLOC", "page allocator", "alloc_pages", "the new owner"),
  CACHE("F-CACHE", "page cache", "add_to_page_cache_lru", "delete_from_page_cache"),
  PRIV("F-PRIV", "buffer heads", "create_empty_buffers", "try_to_free_buffers"),
  MAP("F-MAP", "pte", "alloc_set_pte", "zap_pte_range"),
  PVADD("F-PVADD", "lru_add pagevec", "lru_cache_add", "release_pages"),
  PVACT("F-PVACT", "activate pagevec", "activate_page", "release_pages"),
  PVROT("F-PVROT", "rotate pagevec", "rotate_reclaimable_page", "release_pages"),
  PVDEACT("F-PVDEACT", "deactivate pagevec", "deactivate_file_page", "release_pages"),
  ISO("F-ISO", "isolation", "isolate_lru_page", "putback_lru_page"),
  LOOKUP("F-LOOKUP", "lookup", "find_get_page", "put_page"),
  GUP("F-GUP", "get_user_pages", "get_user_pages", "put_user_page"),
  /** Of a page that is on no LRU: the device that it belongs to, the kernel image. */
  OWNER("F-OWNER", "owner", "the owner", "the owner");

  private final String id;
  private final String holder;
  private final String taker;
  private final String dropper;

  Ref(String id, String holder, String taker, String dropper) {
    this.id = id;
    this.holder = holder;
    this.taker = taker;
    this.dropper = dropper;
  }

  /** The function that usually takes it. */
  public String taker() {
    return taker;
  }

  /** The function that usually drops it. */
  public String dropper() {
    return dropper;
  }

  public String id() {
    return id;
  }

  /** Who holds these, for sentences: "page cache, get_user_pages x2". */
  public static String holders(Map<Ref, Integer> counts) {
    StringJoiner parts = new StringJoiner(", ");
    counts.forEach((reason, n) -> parts.add(n == 1 ? reason.holder : reason.holder + " x" + n));
    return parts.length() == 0 ? "nobody" : parts.toString();
  }

  /** Who holds it, for sentences. */
  public String holder() {
    return holder;
  }
}
