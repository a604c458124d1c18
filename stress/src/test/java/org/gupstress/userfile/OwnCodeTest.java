// SPDX-License-Identifier: Apache-2.0
package org.gupstress.userfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.gupstress.design.PinDesign;
import org.gupstress.explore.Edition;
import org.gupstress.process.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A design that is loaded is what its author wrote, and knows from which edition it comes. */
class OwnCodeTest {
  private static final String TEXT = """
      import org.gupstress.design.Mm;
      import org.gupstress.design.PinDesign;
      import org.gupstress.memory.Cpu;
      import org.gupstress.page.Ref;
      public class MyPin implements PinDesign {
        enum State { FREE, PINNED }
        record Pins(int count, State state) {}
        interface Count { int of(long page); }
        public String id() { return "my-pin"; }
        public String summary() { return text(new Pins(turns(), State.PINNED)); }
        private static int turns() {
          int turns = 0;
          for (int i = 0; i < 3; i++) {
            long[] pages = {1, 2, 3};
            for (long page : pages) {
              Count count = p -> (int) p;
              turns += count.of(page);
            }
          }
          do { turns++; } while (turns < 20);
          return turns;
        }
        private static String text(Pins pins) {
          return switch (pins.state()) {
            case FREE -> "free";
            case PINNED -> "pinned " + pins.count() + " times";
          };
        }
        public void unpin(Mm mm, Cpu cpu, long page) { mm.lru().release().put(cpu, page, Ref.GUP); }
        public boolean isPinned(Mm mm, long page) { return false; }
        public int pinCount(Mm mm, long page) { return 0; }
      }
      """;

  @TempDir
  private Path directory;

  private PinDesign load(String text) throws IOException, Refused {
    Path file = Files.writeString(directory.resolve("MyPin.java"), text);
    return new OwnCode("").design(file.toString());
  }

  @Test
  void plainJavaRunsAsItIsWritten() throws IOException, Refused {
    assertThat(load(TEXT).summary()).isEqualTo("pinned 20 times");
  }

  @Test
  void whatIsHarmlessIsAccepted() throws IOException, Refused {
    String harmless = TEXT.replace("int turns = 0;", """
        int turns = 0;
        assert turns == 0 : "none yet";
        switch ("two".substring(0)) {
          case "one", "three" -> turns = 7;
          case "two" -> turns = 0;
          default -> turns = 8;
        }
        try { turns += 0; } finally { turns += 0; }
        """);
    assertThat(load(harmless).summary()).isEqualTo("pinned 20 times");
  }

  @Test
  void everyChangeOfTheCodeIsAnotherEditionAndNoCommentIs() throws IOException, Refused {
    long edition = Edition.of(load(TEXT));
    assertThat(edition).isNotZero().isEqualTo(Edition.of(load(TEXT)));
    assertThat(edition).isEqualTo(Edition.of(load(TEXT.replace("\n", " \r\n"))));
    assertThat(edition).isEqualTo(Edition.of(load("// a comment\n\n" + TEXT + "// another\n")));
    assertThat(edition).isNotEqualTo(Edition.of(load(TEXT.replace("i < 3", "i < 2"))));
  }

  @Test
  void aJavaWithoutACompilerSaysWhatToDo() throws IOException, Refused {
    Path file = Files.writeString(directory.resolve("MyPin.java"), TEXT);
    OwnCode code = new OwnCode("", null);
    assertThatThrownBy(() -> code.design(file.toString()))
        .isInstanceOf(Refused.class)
        .hasMessage("this Java has no compiler: run MyPin.java with a JDK, or compile it elsewhere"
            + " and name its class, with --classpath");
  }

  @Test
  void noOtherSourceIsCompiled() throws IOException {
    Files.writeString(
        directory.resolve("Helper.java"),
        "public class Helper { static int turns() { return 20; } }");
    Files.writeString(directory.resolve("String.java"), "nonsense");
    Path file = Files.writeString(
        directory.resolve("MyPin.java"),
        TEXT.replace("new Pins(turns()", "new Pins(Helper.turns()"));
    for (String classPath : List.of("", ":", directory.toString(), directory + ":")) {
      assertThatThrownBy(() -> new OwnCode(classPath).design(file.toString()))
          .isInstanceOf(Refused.class)
          .hasMessageContainingAll("MyPin.java:10:", "cannot find symbol", "Helper")
          .hasMessageNotContaining("String.java");
    }
  }

  /** Only what the author wrote is to come to an end soon; a compiler may take its time. */
  @Test
  void theCompilerDoesNotRunOnTheAuthorsTime() throws IOException, Refused {
    Path file = Files.writeString(directory.resolve("MyPin.java"), TEXT);
    List<Thread> compiling = new ArrayList<>();
    JavaCompiler watched = (JavaCompiler) Proxy.newProxyInstance(
        JavaCompiler.class.getClassLoader(),
        new Class<?>[] {JavaCompiler.class},
        (proxy, method, arguments) -> {
          compiling.add(Thread.currentThread());
          return method.invoke(ToolProvider.getSystemJavaCompiler(), arguments);
        });
    assertThat(new OwnCode("", watched).design(file.toString()).id()).isEqualTo("my-pin");
    assertThat(compiling).isNotEmpty().containsOnly(Thread.currentThread());
  }

  @Test
  void aConstructorThatDoesNotEndIsRefusedInTime() {
    String endless = TEXT.replace(
        "enum State",
        "public MyPin() { fib(60); } static long fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n"
            + " - 2); } enum State");
    assertThatThrownBy(() -> load(endless))
        .isInstanceOf(Refused.class)
        .hasMessageContaining("MyPin.java: the constructor does not come to an end");
  }
}
