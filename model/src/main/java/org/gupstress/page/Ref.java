// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

/** Why a reference to a page is held: who takes it and who must drop it (kernel-facts 4.1). */
public enum Ref {
  ALLOC("F-ALLOC", "page allocator"),
  CACHE("F-CACHE", "page cache"),
  PRIV("F-PRIV", "buffer heads"),
  MAP("F-MAP", "pte"),
  PVADD("F-PVADD", "lru_add pagevec"),
  PVACT("F-PVACT", "activate pagevec"),
  PVROT("F-PVROT", "rotate pagevec"),
  PVDEACT("F-PVDEACT", "deactivate pagevec"),
  ISO("F-ISO", "isolation"),
  LOOKUP("F-LOOKUP", "lookup"),
  GUP("F-GUP", "get_user_pages"),
  /** Of a page that is on no LRU: the device that it belongs to, the kernel image. */
  OWNER("F-OWNER", "owner");

  private final String id;
  private final String holder;

  Ref(String id, String holder) {
    this.id = id;
    this.holder = holder;
  }

  public String id() {
    return id;
  }

  /** Who holds it, for sentences. */
  public String holder() {
    return holder;
  }
}
