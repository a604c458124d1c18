// SPDX-License-Identifier: Apache-2.0
package org.gupstress.race;

import java.util.List;
import org.gupstress.claim.Harm;

/** Pages of files: what a device writes, and what writeback and reclaim make of it. */
final class FileRaces {
  private static final String NOBODY_ASKS =
      "writeback and reclaim do not ask whether a page is pinned";

  private FileRaces() {}

  static List<Race> all() {
    return List.of(cleanedUnderTheDevice(), lostDirty(), wakeAfterWriteback(), notDirtied());
  }

  private static Race cleanedUnderTheDevice() {
    return Race.named(
            "R-20",
            "written back and cleaned under the device: reclaim drops the buffers of a page that is"
                + " dirtied later")
        .story("1. get_user_pages pins a dirty page of a file for writing. 2. The flusher write-"
            + "protects it, clears PG_dirty and writes it. 3. Reclaim unmaps it and drops its"
            + " buffers; that comes before the reference count is looked at, so the pin does not"
            + " stop it. 4. The device writes, the driver calls set_page_dirty. 5. The next"
            + " ->writepage finds a dirty page without buffers. This is the problem that the"
            + " postings set out to solve.")
        .seen("BUG in ext4_writepage. Without buffers: nothing.")
        .in("get-page", "nothing says that the page is pinned")
        .in("rfc-jul", "asks in page_mkclean, and says no between the reference and the pin")
        .in("rfc-oct", NOBODY_ASKS)
        .in("rfc-nov", NOBODY_ASKS)
        .in("rfc-fixed", NOBODY_ASKS)
        .in("page-ext", NOBODY_ASKS)
        .in("foll-pin", NOBODY_ASKS)
        .from(Mails.JULY, Source.file("mm/rmap.c"), Source.file("mm/vmscan.c"))
        .shown("get-page", "writeback-vs-dma", Harm.NO_BUFFERS)
        .shown("foll-pin", "writeback-vs-dma", Harm.NO_BUFFERS)
        .done();
  }

  private static Race lostDirty() {
    return Race.named("R-21", "PG_dirty is tested before set_page_dirty: is the dirtying lost?")
        .story("put_user_pages_dirty_lock tests PG_dirty and leaves a dirty page alone. The flusher"
            + " may clear PG_dirty right after. Nothing is lost as long as the device has ended"
            + " before the test: last DMA, test, clear, then the write that reads the page. A loss"
            + " needs DMA after the test. What remains is that the filesystem is not told that the"
            + " page was written to.")
        .seen("A checksum of the page at the unpin against the block on the disk.")
        .from(Source.file("mm/page-writeback.c"))
        .notShown("dirty-unpin-vs-writeback explores it with every design, and no write is lost."
            + " What does lose data is G-03.")
        .done();
  }

  private static Race wakeAfterWriteback() {
    String own = "Linux 4.19's own error: however pins are counted, nothing keeps the page there";
    return Race.named("R-29", "end_page_writeback touches the page after others may free it")
        .story("end_page_writeback clears PG_writeback, then looks at PG_waiters to wake who waits."
            + " It holds no reference of its own. Between the two a truncation that waited for the"
            + " writeback can drop the page, and its next owner is touched. This is Linux 4.19's"
            + " own, with any design.")
        .seen("KASAN does not see it: struct page is never unmapped. Waiters of another page are"
            + " woken, or PG_waiters of another page is cleared.")
        .from(Source.file("mm/filemap.c"), Source.commit("073861ed77b6", "5.10"))
        .in("get-page", own)
        .in("rfc-jul", own)
        .in("rfc-oct", own)
        .in("rfc-nov", own)
        .in("rfc-fixed", own)
        .in("page-ext", own)
        .in("foll-pin", own)
        .shown("get-page", "truncate-under-writeback", Harm.LATE_TOUCH)
        .shown("rfc-fixed", "last-vs-rotate", Harm.LATE_TOUCH)
        .done();
  }

  private static Race notDirtied() {
    String late = "the driver's error: no design dirties a page at its unpin";
    return Race.named(
            "G-03",
            "a driver that does not dirty the page after its last DMA loses what the flusher did not"
                + " see")
        .story("get_user_pages with FOLL_TOUCH dirties the page when it is pinned. A driver trusts"
            + " that and only unpins. 1. The pin dirties the page. 2. The flusher writes it and"
            + " clears PG_dirty. 3. The device writes. 4. The unpin does not dirty. The page is"
            + " clean, and its block on the disk is old.")
        .seen("A checksum. Nothing in a kernel.")
        .in("get-page", late)
        .in("rfc-jul", late)
        .in("rfc-oct", late)
        .in("rfc-nov", late)
        .in("rfc-fixed", late)
        .in("page-ext", late)
        .in("foll-pin", late)
        .from(Source.file("mm/gup.c"), Source.file("mm/page-writeback.c"))
        .shown("get-page", "unpin-without-dirtying", Harm.LOST_WRITE)
        .shown("foll-pin", "unpin-without-dirtying", Harm.LOST_WRITE)
        .done();
  }
}
