// SPDX-License-Identifier: Apache-2.0
package org.gupstress.page;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modelled kernel: how it was configured, and what it does otherwise than 4.19 on any machine.
 * The same race does different harm in the two configurations.
 *
 * @param switches none: what holds then holds on all machines
 */
public record Kernel(Config config, Set<Switch> switches) {
  /** A configuration. */
  public enum Config {
    /** Neither CONFIG_DEBUG_VM nor CONFIG_DEBUG_LIST. */
    PRODUCTION,
    /** VM_BUG_ON stops the machine; DEBUG_LIST reports and refuses inconsistent list operations. */
    DEBUG;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final Kernel PRODUCTION = new Kernel(Config.PRODUCTION, Set.of());
  public static final Kernel DEBUG = new Kernel(Config.DEBUG, Set.of());

  private static final List<Kernel> USUAL = List.of(PRODUCTION, DEBUG);

  public Kernel {
    switches =
        switches.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(switches));
  }

  /** The kernels of an audit: each configuration, without switches. */
  public static List<Kernel> usual() {
    return USUAL;
  }

  /** A configuration without switches. */
  public static Kernel of(Config config) {
    return config == Config.DEBUG ? DEBUG : PRODUCTION;
  }

  /** This kernel with one switch more. */
  public Kernel with(Switch more) {
    EnumSet<Switch> all = EnumSet.of(more);
    all.addAll(switches);
    return new Kernel(config, all);
  }

  public boolean has(Switch one) {
    return switches.contains(one);
  }

  public boolean debugVm() {
    return config == Config.DEBUG;
  }

  public boolean debugList() {
    return config == Config.DEBUG;
  }

  /** As it is written: production, or production+flush-ipi. */
  public String id() {
    return Stream.concat(Stream.of(config.id()), switches.stream().map(Switch::id))
        .collect(Collectors.joining("+"));
  }

  /** The kernel that is written so. */
  public static Optional<Kernel> find(String id) {
    String[] words = id.split("\\+", -1);
    Optional<Kernel> found =
        USUAL.stream().filter(kernel -> kernel.id().equals(words[0])).findFirst();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      found = found.flatMap(kernel -> Switch.find(word).map(kernel::with));
    }
    return found;
  }

  @Override
  public String toString() {
    return id();
  }
}
