// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
import org.gupstress.process.Refused;
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
  /** CPU time that the user's code may take to say what it is. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** On the clock, for what waits: a machine may be busy. */
  private static final Duration CLOCK = Duration.ofSeconds(60);

  private static final int POLL_MILLIS = 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

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
   * The classes of a design as they were compiled, by internal name, for a JVM of its own. None for
   * a shipped design.
   */
  public static Map<String, byte[]> compiled(PinDesign design) {
    return design.getClass().getClassLoader() instanceof OwnClasses own ? own.compiled() : Map.of();
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
    OwnClasses classes = find(word);
    return patiently(word, classes, () -> {
      T loaded = instance(word, main(word, classes), wanted);
      try {
        for (String name : classes.names()) {
          Declarations.checkStateless(Class.forName(name, false, classes));
        }
        check.accept(loaded);
      } catch (IllegalArgumentException e) {
        throw Refused.quoting(word + ": " + e.getMessage());
      } catch (Throwable thrown) {
        throw Refused.quoting(
            word + ": " + asked(classes, thrown.getStackTrace()) + " threw " + thrown);
      }
      return loaded;
    });
  }

  /** The outermost method of the user's on a stack: what it was asked for. */
  private static String asked(OwnClasses classes, StackTraceElement[] innermostFirst) {
    List<String> names = classes.names();
    for (int i = innermostFirst.length - 1; i >= 0; i--) {
      StackTraceElement frame = innermostFirst[i];
      if (names.contains(frame.getClassName())) {
        return switch (frame.getMethodName()) {
          case "<init>" -> "the constructor";
          case "<clinit>" -> "the static initializer";
          default -> frame.getMethodName() + "()";
        };
      }
    }
    return "what it says of itself";
  }

  private OwnClasses find(String word) throws Refused {
    if (isFile(word)) {
      SourceFile file = SourceFile.read(Path.of(word));
      if (!SourceVersion.isName(file.className())) {
        throw Refused.quoting(word + ": expected the name of a class before " + SourceFile.SUFFIX);
      }
      Map<String, byte[]> made = InMemory.compile(compiler, file, classPath);
      String name = mainClass(file, made);
      return new OwnClasses(
          name,
          other -> made.containsKey(other) ? made.get(other) : classPath.bytes(other),
          file.name());
    }
    if (classPath.bytes(word.replace('.', '/')) == null) {
      throw Refused.quoting(
          "there is no class " + word + " on the class path \"" + classPath.text() + "\"");
    }
    return new OwnClasses(word, classPath::bytes, word);
  }

  private static Class<?> main(String word, OwnClasses classes) throws Refused {
    try {
      return Class.forName(classes.main(), false, classes);
    } catch (ClassNotFoundException | LinkageError e) {
      throw Refused.quoting(word + " cannot be loaded: " + e);
    }
  }

  /** The class that is called as the file is, in whatever package. */
  private static String mainClass(SourceFile file, Map<String, byte[]> made) throws Refused {
    String wanted = file.className();
    return made.keySet().stream()
        .filter(name -> name.equals(wanted) || name.endsWith("/" + wanted))
        .findFirst()
        .map(name -> name.replace('/', '.'))
        .orElseThrow(() -> Refused.quoting(file.name() + " has no class " + wanted
            + (made.isEmpty() ? ": it is empty" : "; it has " + String.join(", ", made.keySet()))));
  }

  private static <T> T instance(String word, Class<?> found, Class<T> wanted) throws Refused {
    String kind = wanted.getSimpleName();
    if (!wanted.isAssignableFrom(found)) {
      throw Refused.quoting(word + ": class " + found.getSimpleName() + " is no " + kind);
    }
    int modifiers = found.getModifiers();
    if (!Modifier.isPublic(modifiers) || Modifier.isAbstract(modifiers)) {
      throw Refused.quoting(word + ": expected a public class that is not abstract");
    }
    try {
      return wanted.cast(found.getConstructor().newInstance());
    } catch (NoSuchMethodException e) {
      throw Refused.quoting(word + ": class " + found.getSimpleName()
          + " has no public constructor without parameters");
    } catch (InvocationTargetException | ExceptionInInitializerError e) {
      throw Refused.quoting(word + ": the constructor threw " + e.getCause());
    } catch (ReflectiveOperationException | LinkageError e) {
      throw Refused.quoting(word + " cannot be loaded: " + e);
    }
  }

  private static <T> T patiently(String word, OwnClasses classes, Callable<T> loading)
      throws Refused {
    FutureTask<T> task = new FutureTask<>(loading);
    Thread thread = new Thread(task, "loading");
    thread.setDaemon(true);
    thread.start();
    long start = System.nanoTime();
    try {
      while (true) {
        try {
          return task.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (System.nanoTime() - start > CLOCK.toNanos()
              || THREADS.getThreadCpuTime(thread.getId()) > PATIENCE.toNanos()) {
            String running = asked(classes, thread.getStackTrace());
            thread.interrupt();
            throw Refused.quoting(word + ": " + running + " does not come to an end");
          }
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refused refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refused.quoting(word + ": interrupted while it was loaded");
    }
  }
}
