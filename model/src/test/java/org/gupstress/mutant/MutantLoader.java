// SPDX-License-Identifier: Apache-2.0
package org.gupstress.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The whole model once more, with one class compiled from changed source. Nothing is woven into the
 * model for it: a defect is in its own class loader, beside the model that is shipped.
 */
final class MutantLoader extends ClassLoader {
  private static final Path SOURCES = Path.of("src", "main", "java", "org", "gupstress");
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path TEST_CLASSES = Path.of("target", "test-classes");

  private final Map<String, byte[]> changed;

  private MutantLoader(Map<String, byte[]> changed) {
    super(MutantLoader.class.getClassLoader());
    this.changed = changed;
  }

  /** What the audit of the designs finds in a model with the defect in it. */
  @SuppressWarnings("unchecked")
  static Optional<Caught> audit(Mutant mutant) {
    try {
      Path file = SOURCES.resolve(mutant.file() + ".java");
      String source = mutant.applyTo(Files.readString(file));
      ClassLoader loader = new MutantLoader(compile(file.getFileName().toString(), source));
      return ((Supplier<Optional<Caught>>) loader
              .loadClass(Inquest.class.getName())
              .getConstructor(List.class)
              .newInstance(mutant.designs()))
          .get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    Path classes = name.equals(Inquest.class.getName()) ? TEST_CLASSES : CLASSES;
    Path file = classes.resolve(name.replace('.', '/') + ".class");
    try {
      return name.startsWith("org.gupstress.") && Files.exists(file)
          ? Files.readAllBytes(file)
          : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- compiling

  private static Map<String, byte[]> compile(String fileName, String source) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    Map<String, ByteArrayOutputStream> written = new HashMap<>();
    StringWriter messages = new StringWriter();
    try (JavaFileManager files = new InMemory(javac, written)) {
      List<String> options =
          List.of("-classpath", System.getProperty("java.class.path"), "-proc:none", "-nowarn");
      boolean compiles = javac
          .getTask(messages, files, null, options, null, List.of(text(fileName, source)))
          .call();
      if (!compiles) {
        throw new IllegalStateException("the defect does not compile: " + messages);
      }
    }
    Map<String, byte[]> classes = new HashMap<>();
    written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static JavaFileObject text(String fileName, String source) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + fileName), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written;

    InMemory(JavaCompiler javac, Map<String, ByteArrayOutputStream> written) {
      super(javac.getStandardFileManager(null, null, null));
      this.written = written;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("mem:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          written.put(className, bytes);
          return bytes;
        }
      };
    }
  }
}
