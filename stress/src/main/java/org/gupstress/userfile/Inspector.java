// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.gupstress.process.Refused;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.LocalVariablesSorter;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Looks through a class that a user wrote, before it is loaded.
 *
 * <p>Code of a design is a function of what it reads from Memory. So it has no use for anything but
 * the model and plain values, and whatever else it names is refused: time, chance, threads, files,
 * System.exit. What is left can still run for ever, or fill the heap; {@link Turns} stops that.
 *
 * <p>This keeps mistakes away from the other designs of an audit. It is no sandbox.
 */
final class Inspector extends ClassVisitor {
  private static final Set<String> MODEL =
      Set.of("memory", "page", "lru", "vm", "gup", "fs", "reclaim", "design", "claim", "scenario");

  private static final Set<String> PLAIN_LANG = Set.of(
      "Object",
      "String",
      "Boolean",
      "Character",
      "Byte",
      "Short",
      "Integer",
      "Long",
      "Number",
      "Math",
      "Enum",
      "Record",
      "Comparable",
      "Iterable",
      "CharSequence",
      "RuntimeException",
      "IllegalStateException",
      "IllegalArgumentException",
      "UnsupportedOperationException",
      "AssertionError",
      "MatchException",
      "NoSuchFieldError",
      "IncompatibleClassChangeError",
      "invoke/LambdaMetafactory",
      "invoke/StringConcatFactory",
      "runtime/ObjectMethods",
      "runtime/SwitchBootstraps");

  private static final Set<String> PLAIN_UTIL = Set.of(
      "ArrayList",
      "Arrays",
      "Collection",
      "EnumMap",
      "EnumSet",
      "Iterator",
      "List",
      "Map",
      "Map$Entry",
      "Objects",
      "Optional",
      "OptionalInt",
      "OptionalLong",
      "Set");

  /** What plain types can do that is not a function of anything, or makes something large. */
  private static final Set<String> NOT_PLAIN = Set.of(
      "<init>(int)",
      "concat",
      "copyOf",
      "copyOfRange",
      "deepHashCode",
      "ensureCapacity",
      "format",
      "formatted",
      "getBoolean",
      "getClass",
      "getInteger",
      "getLong",
      "hash",
      "hashCode",
      "indent",
      "join",
      "notify",
      "notifyAll",
      "parallelPrefix",
      "parallelSetAll",
      "parallelSort",
      "parallelStream",
      "random",
      "repeat",
      "replace",
      "replaceAll",
      "replaceFirst",
      "wait");

  /** What the compiler makes of a switch over texts, and of assert. */
  private static final Set<String> HARMLESS =
      Set.of("java/lang/String.hashCode", "java/lang/Class.desiredAssertionStatus");

  /** What asks for the locale or the character set of the machine if it gets no argument. */
  private static final Set<String> OF_THE_MACHINE =
      Set.of("toUpperCase", "toLowerCase", "getBytes");

  /** Who catches these catches the signal with which the explorer stops an operation. */
  private static final Set<String> TOO_GENERAL = Set.of(
      "java/lang/Throwable",
      "java/lang/Exception",
      "java/lang/RuntimeException",
      "java/lang/IllegalStateException",
      "java/lang/Error",
      "java/lang/VirtualMachineError",
      "java/lang/StackOverflowError",
      "java/lang/OutOfMemoryError",
      "java/lang/InternalError");

  /** Whose text is the same each time. */
  private static final Set<String> WITH_TEXT = Set.of(
      "java/lang/String",
      "java/lang/CharSequence",
      "java/lang/Boolean",
      "java/lang/Character",
      "java/lang/Byte",
      "java/lang/Short",
      "java/lang/Integer",
      "java/lang/Long",
      "java/lang/Enum");

  private static final Set<String> TAKING_TEXT_OF_OBJECTS =
      Set.of("toString", "valueOf", "deepToString", "append", "toIdentityString");

  private static final String TEXTS = "only numbers, texts and enums have the same text each time";

  private static final String TURNS = Type.getInternalName(Turns.class);

  private final ClassWriter writer;
  private final Predicate<String> isOwn;
  private final Predicate<String> isEnum;
  private final Set<String> faults = new LinkedHashSet<>();
  private final Set<String> uses = new LinkedHashSet<>();

  private Inspector(ClassWriter to, Predicate<String> isOwn, Predicate<String> isEnum) {
    super(Opcodes.ASM9, to);
    this.writer = to;
    this.isOwn = isOwn;
    this.isEnum = isEnum;
  }

  /**
   * Looks through a class.
   *
   * @param called as the user calls it
   * @param isOwn whether a class, by its internal name, is the user's
   * @param isEnum whether it is an enum, the user's or the model's
   * @throws Refused if it uses what it may not
   */
  static Inspector inspect(
      byte[] bytes, String called, Predicate<String> isOwn, Predicate<String> isEnum)
      throws Refused {
    Inspector inspector = new Inspector(new ClassWriter(ClassWriter.COMPUTE_MAXS), isOwn, isEnum);
    try {
      new ClassReader(bytes).accept(inspector, ClassReader.EXPAND_FRAMES);
      inspector.checkSwallowing(bytes);
    } catch (RuntimeException e) {
      throw Refused.quoting(
          called + " is no class file that this version can read: " + e.getMessage());
    }
    if (!inspector.faults.isEmpty()) {
      throw Refused.quoting(
          called + " does what it may not: it is a function of what it reads from Memory",
          new ArrayList<>(inspector.faults));
    }
    return inspector;
  }

  private void checkSwallowing(byte[] bytes) {
    ClassNode tree = new ClassNode();
    new ClassReader(bytes).accept(tree, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    for (MethodNode method : tree.methods) {
      if (Swallowing.isIn(method)) {
        faults.add(operation(method.name) + " returns from a finally, and swallows what was thrown,"
            + " also the signal with which an operation is stopped");
      }
    }
  }

  /** The class as it may be loaded: it counts its turns. */
  byte[] bytes() {
    return writer.toByteArray();
  }

  /** The classes of the user's that it names, by internal name. */
  Set<String> uses() {
    return uses;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      @Nullable String signature,
      @Nullable String superName,
      String @Nullable [] interfaces) {
    super.visit(version, access, name, signature, superName, interfaces);
    if (name.startsWith("org/gupstress/")) {
      faults.add("it is in package org.gupstress, which is the model's own");
    }
    check(superName, "<init>", "the class extends");
    for (String each : interfaces == null ? new String[0] : interfaces) {
      check(each, "", "the class implements");
    }
  }

  @Override
  public void visitNestMember(String member) {
    uses.add(member);
    super.visitNestMember(member);
  }

  @Override
  public MethodVisitor visitMethod(
      int access,
      String name,
      String descriptor,
      @Nullable String signature,
      String @Nullable [] exceptions) {
    String method = operation(name);
    if ((access & Opcodes.ACC_NATIVE) != 0) {
      faults.add(method + " is native");
    }
    if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
      faults.add(method + " is synchronized: it waits through the locks of the model only");
    }
    return new Body(
        access,
        method,
        descriptor,
        super.visitMethod(access, name, descriptor, signature, exceptions));
  }

  /** The method in which the author wrote it: a lambda is named after it. */
  private static String operation(String name) {
    return name.startsWith("lambda$") ? name.split("\\$", -1)[1] : name;
  }

  /** Adds a fault, or what is used, for a member of a class. */
  private void check(@Nullable String owner, String member, String who) {
    if (owner == null || owner.startsWith("[")) {
      return;
    }
    if (isOwn.test(owner)) {
      uses.add(owner);
    } else if (!isAllowed(owner, member)) {
      String what = dotted(owner);
      boolean isWhole = member.isEmpty() || "<init>".equals(member);
      faults.add(who + " " + what + (isWhole ? "" : "." + member));
    }
  }

  private static boolean isAllowed(String owner, String member) {
    if (owner.startsWith("org/gupstress/")) {
      return MODEL.contains(owner.split("/", -1)[2]);
    }
    if (HARMLESS.contains(owner + "." + member)) {
      return true;
    }
    boolean isPlain = owner.startsWith("java/util/function/")
        || (owner.startsWith("java/lang/") && PLAIN_LANG.contains(owner.substring(10)))
        || (owner.startsWith("java/util/") && PLAIN_UTIL.contains(owner.substring(10)));
    return isPlain && !NOT_PLAIN.contains(member);
  }

  private static String dotted(String internal) {
    return internal.replace('/', '.').replace('$', '.');
  }

  /** Whether the text of its objects is the same each time. */
  private boolean hasText(String type) {
    return WITH_TEXT.contains(type) || isEnum.test(type);
  }

  /** The code of a method. */
  private final class Body extends LocalVariablesSorter {
    private final String method;
    private final Set<Label> behind = new HashSet<>();
    private int line;
    private int turns;

    Body(int access, String method, String descriptor, MethodVisitor to) {
      super(Opcodes.ASM9, access, descriptor, to);
      this.method = method;
    }

    private String where(String verb) {
      return "line " + line + ": " + method + " " + verb;
    }

    @Override
    public void visitLineNumber(int number, Label start) {
      line = number;
      super.visitLineNumber(number, start);
    }

    // ---- what it names

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      boolean isSized = owner.equals("java/util/ArrayList") && descriptor.equals("(I)V");
      check(owner, isSized ? "<init>(int)" : name, where("calls"));
      checkChance(owner, name, descriptor);
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      boolean isWrite = opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC;
      if (isWrite && isOwn.test(owner) && !method.startsWith("<")) {
        faults.add(
            where("writes field " + name + ": what it knows between two calls is in Memory"));
      }
      check(owner, name, where("uses"));
      super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      check(bootstrap.getOwner(), bootstrap.getName(), where("calls"));
      for (Object argument : arguments) {
        if (argument instanceof Handle handle) {
          check(handle.getOwner(), handle.getName(), where("calls"));
          checkChance(handle.getOwner(), handle.getName(), handle.getDesc());
        }
      }
      super.visitInvokeDynamicInsn(name, descriptor, bootstrap, arguments);
      if (bootstrap.getOwner().endsWith("/StringConcatFactory")) {
        checkTexts(descriptor);
        mv.visitInsn(Opcodes.DUP);
        mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/String", "length", "()I", false);
        count("room", "(II)I");
      }
    }

    /**
     * What differs from one run to the next: the identity of objects, and the order of some sets.
     */
    private void checkChance(String owner, String name, String descriptor) {
      boolean isOfJdk = owner.startsWith("java/") && !owner.equals("java/lang/Enum");
      boolean isOrdered = !owner.equals("java/util/Set") && !owner.equals("java/util/Map");
      if (owner.equals("java/lang/String")
          && OF_THE_MACHINE.contains(name)
          && descriptor.startsWith("()")) {
        faults.add(where("calls " + dotted(owner) + "." + name
            + ": it is another on a machine of another language"));
      } else if (!isOrdered && (name.equals("of") || name.equals("ofEntries"))) {
        faults.add(where("calls " + dotted(owner) + "." + name
            + ": the order of its elements is another in each run"));
      } else if (name.equals("hashCode") && !owner.startsWith("java/")) {
        faults.add(where("calls " + dotted(owner) + ".hashCode: it is another in each run"));
      } else if (name.equals("toString") && descriptor.startsWith("()") && !hasText(owner)) {
        faults.add(where("calls " + dotted(owner) + ".toString: " + TEXTS));
      } else if (isOfJdk && TAKING_TEXT_OF_OBJECTS.contains(name)) {
        checkTexts(descriptor);
      }
    }

    /** Checks that no parameter is an object whose text may have its identity in it. */
    private void checkTexts(String descriptor) {
      for (Type type : Type.getArgumentTypes(descriptor)) {
        boolean isText = type.getSort() == Type.ARRAY
            ? type.getElementType().getSort() != Type.OBJECT && type.getDimensions() == 1
            : type.getSort() != Type.OBJECT || hasText(type.getInternalName());
        if (!isText) {
          faults.add(where("makes a text of " + dotted(type.getClassName()) + ": " + TEXTS));
        }
      }
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
      if (type != null && TOO_GENERAL.contains(type)) {
        faults.add(method + " catches " + type.replace('/', '.')
            + ", and with it the signal with which an operation is stopped");
      }
      super.visitTryCatchBlock(start, end, handler, type);
    }

    // ---- what it does for ever

    @Override
    public void visitCode() {
      super.visitCode();
      mv.visitMethodInsn(Opcodes.INVOKESTATIC, TURNS, "begin", "()V", false);
      turns = newLocal(Type.INT_TYPE);
      mv.visitInsn(Opcodes.ICONST_0);
      mv.visitVarInsn(Opcodes.ISTORE, turns);
    }

    /** Calls {@link Turns} with the count so far, and with what it finds on the stack below it. */
    private void count(String name, String descriptor) {
      mv.visitVarInsn(Opcodes.ILOAD, turns);
      mv.visitMethodInsn(Opcodes.INVOKESTATIC, TURNS, name, descriptor, false);
      mv.visitVarInsn(Opcodes.ISTORE, turns);
    }

    private void countTurn(List<Label> targets) {
      if (targets.stream().anyMatch(behind::contains)) {
        count("turn", "(I)I");
      }
    }

    private void countElements() {
      mv.visitInsn(Opcodes.DUP);
      count("room", "(II)I");
    }

    @Override
    public void visitLabel(Label label) {
      behind.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
      countTurn(List.of(label));
      super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
      countTurn(List.of(labels));
      super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
      countTurn(List.of(labels));
      super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
      if (opcode == Opcodes.NEWARRAY) {
        countElements();
      }
      super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      if (opcode == Opcodes.ANEWARRAY) {
        countElements();
      }
      super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
      faults.add(where("makes an array of arrays"));
      super.visitMultiANewArrayInsn(descriptor, dimensions);
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode == Opcodes.MONITORENTER) {
        faults.add(where("synchronizes: it waits through the locks of the model only"));
      }
      super.visitInsn(opcode);
    }
  }
}
