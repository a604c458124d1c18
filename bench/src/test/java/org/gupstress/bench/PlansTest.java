// SPDX-License-Identifier: Apache-2.0
package org.gupstress.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gupstress.design.Mm;
import org.gupstress.design.PinDesign;
import org.gupstress.memory.Cpu;
import org.gupstress.page.Ref;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fork finds the shipped designs, and those that are registered as services. */
class PlansTest {
  @TempDir
  Path directory;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @AfterEach
  void forget() {
    Thread.currentThread().setContextClassLoader(before);
  }

  /** A design of the user's: it tracks nothing. */
  public static final class MyPin implements PinDesign {
    @Override
    public String id() {
      return "my-pin";
    }

    @Override
    public String summary() {
      return "tracks nothing";
    }

    @Override
    public void unpin(Mm mm, Cpu cpu, long page) {
      mm.lru().release().put(cpu, page, Ref.GUP);
    }

    @Override
    public boolean isPinned(Mm mm, long page) {
      return false;
    }

    @Override
    public int pinCount(Mm mm, long page) {
      return 0;
    }
  }

  @Test
  void aShippedDesignIsFound() {
    assertThat(Plans.design("foll-pin").id()).isEqualTo("foll-pin");
  }

  @Test
  void aDesignThatIsRegisteredIsFoundAndMeasured() throws Exception {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.writeString(services.resolve(PinDesign.class.getName()), MyPin.class.getName());
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {directory.toUri().toURL()}, before));
    assertThat(Plans.design("my-pin")).isInstanceOf(MyPin.class);
    Mm mm = MeasuredMachine.booted("my-pin", MeasuredMachine.bare(1, 32, 15));
    long page = mm.page().address(0);
    MeasuredMachine.bootAnonymous(mm, page);
    assertThat(MeasuredMachine.pinAndUnpin(mm, mm.cpu(0), page)).isTrue();
  }

  @Test
  void aDesignThatNobodyHasIsNamed() {
    assertThatThrownBy(() -> Plans.design("my-pin")).hasMessageContaining("no design my-pin");
  }
}
