// SPDX-License-Identifier: Apache-2.0
package org.gupstress.own;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.lang.model.SourceVersion;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.gupstress.design.Declarations;
import org.gupstress.design.PinDesign;
import org.gupstress.scenario.OwnScenario;
import org.gupstress.scenario.Scenario;
import org.jspecify.annotations.Nullable;

/**
 * Loads the designs and scenarios that users write: from a file, which it compiles, or from a class
 * on a class path.
 *
 * <p>Everything of theirs that runs here, runs in a thread of its own, so that it may get stuck.
 */
public final class OwnCode {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final @Nullable JavaCompiler compiler;
  private final ClassPath classPath;

  /** @param classPath where further classes are, separated as on the command line; may be empty */
  public OwnCode(String classPath) throws Refused {
    this(classPath, ToolProvider.getSystemJavaCompiler());
  }

  OwnCode(String classPath, @Nullable JavaCompiler compiler) throws Refused {
    this.classPath = ClassPath.of(classPath);
    this.compiler = compiler;
  }

  /** Whether the word of a command line is a file and not a name. */
  public static boolean isFile(String word) {
    return word.endsWith(SourceFile.SUFFIX);
  }

  /**
   * A design.
   *
   * @param word a file or the name of a class
   * @throws Refused if it cannot be run
   */
  public PinDesign design(String word) throws Refused {
    return load(word, PinDesign.class, Declarations::check);
  }

  /**
   * A scenario.
   *
   * @param word a file or the name of a class
   * @throws Refused if it cannot be run
   */
  public Scenario scenario(String word) throws Refused {
    return load(word, Scenario.class, OwnScenario::check);
  }

  private <T> T load(String word, Class<T> wanted, Consumer<T> check) throws Refused {
    return patiently(word, () -> {
      T loaded = instance(word, find(word), wanted);
      try {
        check.accept(loaded);
      } catch (IllegalArgumentException e) {
        throw new Refused(word + ": " + e.getMessage());
      } catch (Throwable thrown) {
        throw new Refused(word + " says of itself: " + thrown);
      }
      return loaded;
    });
  }

  private Class<?> find(String word) throws Refused {
    String name;
    OwnClasses classes;
    if (isFile(word)) {
      SourceFile file = SourceFile.read(Path.of(word));
      if (!SourceVersion.isName(file.className())) {
        throw new Refused(word + ": expected the name of a class before " + SourceFile.SUFFIX);
      }
      Map<String, byte[]> made = InMemory.compile(compiler, file, classPath.text());
      name = mainClass(file, made);
      classes = new OwnClasses(
          name,
          other -> made.containsKey(other) ? made.get(other) : classPath.bytes(other),
          file.name(),
          file.text());
    } else {
      name = word;
      if (classPath.bytes(name.replace('.', '/')) == null) {
        throw new Refused(
            "there is no class " + name + " on the class path \"" + classPath.text() + "\"");
      }
      classes = new OwnClasses(name, classPath::bytes, name, null);
    }
    try {
      return Class.forName(name, false, classes);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new Refused(word + " cannot be loaded: " + e);
    }
  }

  /** The class that is called as the file is, in whatever package. */
  private static String mainClass(SourceFile file, Map<String, byte[]> made) throws Refused {
    String wanted = file.className();
    return made.keySet().stream()
        .filter(name -> name.equals(wanted) || name.endsWith("/" + wanted))
        .findFirst()
        .map(name -> name.replace('/', '.'))
        .orElseThrow(() -> new Refused(file.name() + " has no class " + wanted
            + (made.isEmpty() ? ": it is empty" : "; it has " + String.join(", ", made.keySet()))));
  }

  private static <T> T instance(String word, Class<?> found, Class<T> wanted) throws Refused {
    String kind = wanted.getSimpleName();
    if (!wanted.isAssignableFrom(found)) {
      throw new Refused(word + ": class " + found.getSimpleName() + " is no " + kind);
    }
    int modifiers = found.getModifiers();
    if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers)) {
      throw new Refused(word + ": expected a public class that is not abstract");
    }
    try {
      return wanted.cast(found.getConstructor().newInstance());
    } catch (NoSuchMethodException e) {
      throw new Refused(word + ": class " + found.getSimpleName()
          + " has no public constructor without parameters");
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw new Refused(word + ": the constructor threw " + e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new Refused(word + " cannot be loaded: " + e);
    }
  }

  private static <T> T patiently(String word, Callable<T> loading) throws Refused {
    FutureTask<T> task = new FutureTask<>(loading);
    Thread thread = new Thread(task, "loading");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Refused(word + ": its constructor, id() or summary() does not come to an end");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(word + ": interrupted while it was loaded");
    }
  }
}
