// SPDX-License-Identifier: Apache-2.0
package org.gupstress.trace;

/**
 * Why a history is no path of the model's life cycle: what the model leaves out, or, where nothing
 * that it leaves out explains the event, a mistake of the model.
 */
public enum MissRule {
  LARGE_FOLIO(false, "a folio of several pages is in the page cache; the model has pages"),
  SWAP(false, "an anonymous page is swapped; the model has no swap"),
  LAZY_FREE(false, "MADV_FREE puts an anonymous page on a file list; the model has no such advice"),
  TMPFS(false, "a page of tmpfs is in the page cache and on an anonymous list; the model has none"),
  ALLOCATED_IN_USE(true, "a page is allocated that the model has not freed"),
  FREED_IN_USE(true, "a page is freed that the model has in the page cache, or free already"),
  ADDED_IN_USE(true, "a page comes into the page cache that the model has in use"),
  SLOT_TAKEN(true, "a page comes to a place in a file where the model has another page"),
  DELETED_OUTSIDE(true, "a page leaves the page cache that the model has not in it"),
  LISTED_OUT_OF_TURN(true, "a page comes to an LRU list to which the model cannot put it now"),
  ACTIVATED_OFF_LIST(true, "a page is activated that the model has on no inactive list"),
  DIRTIED_OUTSIDE(true, "a page is dirtied that the model has not in the page cache"),
  WRITTEN_OUT_OF_TURN(true, "reclaim writes a page that the model has not isolated"),
  /** A path if the trace shows migrations, a mistake if it shows none. */
  MOVED_UNSEEN(true, "only a migration explains the event, and the trace shows no migration");

  private final boolean isMistake;
  private final String sentence;

  MissRule(boolean isMistake, String sentence) {
    this.isMistake = isMistake;
    this.sentence = sentence;
  }

  /** Whether it is a mistake of the model, and not something that is not modelled. */
  public boolean isMistake() {
    return isMistake;
  }

  public String sentence() {
    return sentence;
  }

  /** The mistake that it is if a page cannot take this step. */
  static MissRule of(LifeStep step) {
    return switch (step) {
      case ALLOC -> ALLOCATED_IN_USE;
      case FREE -> FREED_IN_USE;
      case ADD -> ADDED_IN_USE;
      case DELETE -> DELETED_OUTSIDE;
      case INSERT_INACTIVE_ANON,
          INSERT_ACTIVE_ANON,
          INSERT_INACTIVE_FILE,
          INSERT_ACTIVE_FILE,
          INSERT_UNEVICTABLE -> LISTED_OUT_OF_TURN;
      case ACTIVATE -> ACTIVATED_OFF_LIST;
      case DIRTY -> DIRTIED_OUTSIDE;
      case WRITE -> WRITTEN_OUT_OF_TURN;
    };
  }
}
