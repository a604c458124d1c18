// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Locale;

/** How the modelled kernel was configured. The same race does different harm in the two. */
public enum Kernel {
  /** Neither CONFIG_DEBUG_VM nor CONFIG_DEBUG_LIST. */
  PRODUCTION,
  /** VM_BUG_ON stops the machine; DEBUG_LIST reports and refuses inconsistent list operations. */
  DEBUG;

  public boolean debugVm() {
    return this == DEBUG;
  }

  public boolean debugList() {
    return this == DEBUG;
  }

  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
