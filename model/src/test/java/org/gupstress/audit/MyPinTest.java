// SPDX-License-Identifier: Apache-2.0
package org.gupstress.audit;

import org.junit.jupiter.api.Test;

class MyPinTest {
  @Test
  void reclaimReachesEveryPageAgain() {
    Audit.of(new MyPin()).run().assertHolds("never-stranded");
  }
}
