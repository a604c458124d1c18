// SPDX-License-Identifier: Apache-2.0
package org.gupstress.gup;

/**
 * What a caller of get_user_pages says of its use of the page: the FOLL flags that a pin design may
 * want to know.
 *
 * @param write FOLL_WRITE: the caller will write to the page
 * @param longterm FOLL_LONGTERM: the pin may stay for as long as the process lives
 * @param force FOLL_FORCE: the caller may write where the process itself may not
 * @param get FOLL_GET: the caller wants a reference, and no pin
 */
public record GupFlags(boolean write, boolean longterm, boolean force, boolean get) {
  /** The caller reads, and gives the page back soon. */
  public static final GupFlags NONE = new GupFlags(false, false);

  public static final GupFlags WRITE = new GupFlags(true, false);
  public static final GupFlags LONGTERM = new GupFlags(false, true);
  public static final GupFlags WRITE_LONGTERM = new GupFlags(true, true);

  /** FOLL_GET alone: no design is asked. */
  public static final GupFlags GET = new GupFlags(false, false, false, true);

  public static final GupFlags GET_WRITE = new GupFlags(true, false, false, true);
  public static final GupFlags FORCE_WRITE = new GupFlags(true, false, true, false);

  /** A pin, by its caller's use of the page. */
  public GupFlags(boolean write, boolean longterm) {
    this(write, longterm, false, false);
  }
}
