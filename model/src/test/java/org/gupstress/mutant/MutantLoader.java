// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The whole model once more, with some classes compiled from changed source. Nothing is woven into
 * the model for it: a defect is in its own class loader, beside the model that is shipped. Package
 * memory, below all that is changed, is shared.
 */
final class MutantLoader extends ClassLoader {
  private static final String ROOT = "org.gupstress.";
  private static final String SHARED = ROOT + "memory.";
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");

  /** What runs in the loader, of this package. */
  private static final Set<String> INSIDE =
      Set.of(Inquest.class.getName(), Survey.class.getName(), Probe.class.getName());

  private final Map<String, byte[]> changed;

  /** @param changed classes by name */
  MutantLoader(Map<String, byte[]> changed) {
    super(MutantLoader.class.getClassLoader());
    this.changed = changed;
  }

  /** The model with one source file changed. */
  static MutantLoader of(String file, String source) {
    return new MutantLoader(Sources.compile(Map.of(file, source)));
  }

  /** What the first cell that finds a harm finds. */
  Heard judge(List<Cell> cells) {
    return this.<List<Cell>, Heard>inside(Inquest.class).apply(cells);
  }

  /** Where cells come. */
  Function<Cell, Reached> survey() {
    return inside(Survey.class);
  }

  @SuppressWarnings("unchecked")
  private <T, R> Function<T, R> inside(Class<?> type) {
    try {
      return (Function<T, R>) loadClass(type.getName()).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      byte[] bytes = own(name);
      return bytes == null
          ? super.loadClass(name, resolve)
          : defineClass(name, bytes, 0, bytes.length);
    }
  }

  /** The bytes of a class of the model; null for everything else. */
  private byte[] own(String name) {
    if (changed.containsKey(name)) {
      return changed.get(name);
    }
    if (!name.startsWith(ROOT) || name.startsWith(SHARED)) {
      return null;
    }
    Path classes = INSIDE.contains(name) ? TEST_CLASSES : CLASSES;
    Path file = classes.resolve(name.replace('.', '/') + ".class");
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
