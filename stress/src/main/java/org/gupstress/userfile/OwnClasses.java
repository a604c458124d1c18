// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.gupstress.explore.Edition;
import org.gupstress.memory.Mix;
import org.gupstress.process.Refused;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * The classes of one design or scenario that a user wrote, each looked through before it is there.
 */
final class OwnClasses extends ClassLoader implements Edition {
  /** Finds the bytes of the user's classes, by internal name. */
  @FunctionalInterface
  interface Source {
    byte @Nullable [] bytes(String name);
  }

  private final Map<String, byte[]> passed = new HashMap<>();
  private final Map<String, byte[]> given = new TreeMap<>();
  private final String main;
  private final long edition;

  /**
   * Looks through a class and all others of the user's that it names.
   *
   * @throws Refused if there is no such class, or if one of them uses what it may not
   */
  OwnClasses(String main, Source source, String called) throws Refused {
    super(OwnClasses.class.getClassLoader());
    this.main = main;
    Deque<String> wanted = new ArrayDeque<>();
    wanted.add(main.replace('.', '/'));
    while (!wanted.isEmpty()) {
      String name = wanted.remove();
      byte[] bytes = passed.containsKey(name) ? null : source.bytes(name);
      if (bytes != null) {
        Inspector looked = Inspector.inspect(
            bytes, called, other -> source.bytes(other) != null, other -> isEnum(source, other));
        given.put(name, bytes);
        passed.put(name, looked.bytes());
        wanted.addAll(looked.uses());
      }
    }
    this.edition = ofCode();
  }

  private static boolean isEnum(Source source, String name) {
    byte[] own = source.bytes(name);
    if (own != null) {
      return "java/lang/Enum".equals(new ClassReader(own).getSuperName());
    }
    try {
      return name.startsWith("org/gupstress/")
          && Class.forName(name.replace('/', '.'), false, OwnClasses.class.getClassLoader())
              .isEnum();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** What the compiler made of the source, without what it tells debuggers about it. */
  private long ofCode() {
    long mixed = 0;
    for (byte[] bytes : given.values()) {
      for (byte each : withoutDebugInfo(bytes)) {
        mixed = Mix.then(mixed, each);
      }
    }
    return mixed;
  }

  /**
   * A class without the name of its source file, numbers of lines and names of local variables: a
   * comment, an empty line or another name for a variable makes no other code. Nor does the version
   * of the JDK that compiled it.
   */
  private static byte[] withoutDebugInfo(byte[] bytes) {
    ClassWriter code = new ClassWriter(0);
    ClassVisitor ofOneVersion = new ClassVisitor(Opcodes.ASM9, code) {
      @Override
      public void visit(
          int version,
          int access,
          String name,
          String signature,
          String superName,
          String[] interfaces) {
        super.visit(Opcodes.V17, access, name, signature, superName, interfaces);
      }
    };
    new ClassReader(bytes).accept(ofOneVersion, ClassReader.SKIP_DEBUG);
    return code.toByteArray();
  }

  /** The name of the class that is the design or the scenario. */
  String main() {
    return main;
  }

  /** All classes of the user's, by name. */
  List<String> names() {
    return passed.keySet().stream().map(name -> name.replace('/', '.')).sorted().toList();
  }

  /** The classes as they were compiled, by internal name: they do not count their turns. */
  Map<String, byte[]> compiled() {
    return Map.copyOf(given);
  }

  @Override
  public long edition() {
    return edition;
  }

  /** The user's class comes first, even if one of the same name is on the class path. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!passed.containsKey(name.replace('.', '/'))) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = passed.get(name.replace('.', '/'));
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }
}
