// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel is a configuration and a set of switches, and is written as both. */
class KernelTest {
  @Test
  void aSwitchIsPartOfTheName() {
    Kernel bare = Kernel.DEBUG.with(Switch.FLUSH_IPI);
    assertThat(bare.id()).isEqualTo("debug+flush-ipi");
    assertThat(bare).isNotEqualTo(Kernel.DEBUG);
    assertThat(bare.has(Switch.FLUSH_IPI)).isTrue();
    assertThat(bare.debugVm()).isTrue();
    assertThat(bare.with(Switch.FLUSH_IPI)).isEqualTo(bare);
    assertThat(Kernel.usual()).noneMatch(kernel -> kernel.has(Switch.FLUSH_IPI));
  }

  @Test
  void aReleaseIsASetOfSwitches() {
    Kernel today = Kernel.DEBUG.as(Release.V6_18);
    assertThat(today.id()).isEqualTo("debug+6.18");
    assertThat(today.switches())
        .contains(Switch.WRITE_PROTECT_SEQ, Switch.ANON_EXCLUSIVE)
        .doesNotContain(Switch.FLUSH_IPI);
    assertThat(today.without(Switch.WRITE_PROTECT_SEQ).id())
        .isEqualTo("debug+6.18+no-write-protect-seq");
    assertThat(today.without(Switch.RECHECK_PMD).with(Switch.RECHECK_PMD)).isEqualTo(today);
  }

  @Test
  void theFirstReleaseIsAsItEverWas() {
    assertThat(Release.FIRST.switches()).isEmpty();
    assertThat(Kernel.DEBUG.as(Release.V4_19)).isEqualTo(Kernel.DEBUG);
    assertThat(Kernel.PRODUCTION.with(Switch.HAS_PINNED).id()).isEqualTo("production+has-pinned");
  }

  /** Nothing that came was taken back, among what is modelled. */
  @ParameterizedTest
  @EnumSource(Release.class)
  void aLaterReleaseHasWhatEarlierOnesHave(Release release) {
    for (Release later : Release.values()) {
      if (later.compareTo(release) >= 0) {
        assertThat(later.switches()).containsAll(release.switches());
      }
    }
  }

  /** The table of the sources: which release has what of pins and copy on write. */
  @Test
  void releasesHaveWhatTheirSourcesHave() {
    assertThat(Release.V5_7.switches()).containsExactly(Switch.REF_OVERFLOW_CHECK);
    assertThat(Release.V5_15.switches())
        .contains(Switch.HAS_PINNED, Switch.WRITE_PROTECT_SEQ, Switch.REUSE_BY_REFCOUNT)
        .doesNotContain(Switch.ANON_EXCLUSIVE, Switch.RECHECK_PMD, Switch.ZERO_PAGE_UNCOUNTED);
    assertThat(Release.V6_0.switches())
        .contains(Switch.ANON_EXCLUSIVE)
        .doesNotContain(Switch.PIN_FENCE, Switch.SHARE_FENCE);
    assertThat(Release.V6_8.switches())
        .contains(Switch.PIN_FENCE, Switch.RECHECK_PMD, Switch.ZERO_PAGE_UNCOUNTED);
  }

  @Test
  void whatBelongsToAReleaseThatIsNotThereIsRefused() {
    assertThat(Release.linux("5.7", "6.18")).containsExactly(Release.V5_7, Release.V6_18);
    assertThatThrownBy(() -> Release.linux("6.19"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 6.19")
        .hasMessageContaining("6.18");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "production",
        "debug",
        "production+flush-ipi",
        "production+6.18",
        "debug+6.8+flush-ipi+no-recheck-pmd",
        "debug+5.15+no-has-pinned"
      })
  void whatIsWrittenIsRead(String id) {
    assertThat(Kernel.find(id))
        .hasValueSatisfying(kernel -> assertThat(kernel.id()).isEqualTo(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PRODUCTION",
        "production+",
        "production+none",
        "+flush-ipi",
        "production+6.17",
        "production+flush-ipi+6.18",
        "6.18",
        "production+6.18+no-none"
      })
  void whatIsNoKernelIsNone(String id) {
    assertThat(Kernel.find(id)).isEmpty();
  }
}
