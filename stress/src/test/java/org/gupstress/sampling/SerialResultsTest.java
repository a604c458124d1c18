// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A result file of somebody else's is data, and no code of it runs. */
@Timeout(value = 60, unit = SECONDS)
class SerialResultsTest {
  @TempDir
  private Path directory;

  private static boolean isRead;

  /** What an attacker would like to have read. */
  private static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      isRead = true;
    }
  }

  private static byte[] serial(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private void assertRefused(byte[] bytes) throws IOException {
    Path file = directory.resolve("hostile.bin.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(bytes);
    }
    SerialResults read = SerialResults.read(file);
    assertThat(read.results()).isEmpty();
    assertThat(read.complaint()).contains("was not written by jcstress", "REJECTED");
  }

  @Test
  void noClassOfTheClassPathIsMade() throws IOException {
    assertRefused(serial(new Trap()));
    assertRefused(serial(new ArrayList<>(List.of("text", new Trap()))));
    assertThat(isRead).isFalse();
  }

  @Test
  void setsOfSetsDoNotHang() throws IOException {
    Set<Object> one = new HashSet<>(Set.of("one"));
    Set<Object> other = new HashSet<>(Set.of("other"));
    Set<Object> bomb = new HashSet<>();
    bomb.add(one);
    bomb.add(other);
    for (int depth = 0; depth < 20; depth++) {
      Set<Object> next = new HashSet<>(bomb);
      bomb = new HashSet<>();
      bomb.add(next);
      bomb.add(new HashSet<>(next));
    }
    assertRefused(serial(bomb));
  }

  @Test
  void whatIsNestedForEverIsNotFollowed() throws IOException {
    List<Object> lists = new ArrayList<>();
    Map<Object, Object> maps = new HashMap<>();
    for (int depth = 0; depth < 500; depth++) {
      lists = new ArrayList<>(List.of(lists));
      maps = new HashMap<>(Map.of("k", maps));
    }
    assertRefused(serial(lists));
    assertRefused(serial(maps));
  }

  @Test
  void noRoomIsMadeForWhatIsNotThere() throws IOException {
    byte[] bytes = serial(new ArrayList<>(List.of("a", "b", "c")));
    for (int at = 0; at + 4 < bytes.length; at++) {
      if (ByteBuffer.wrap(bytes).getInt(at) == 3) {
        ByteBuffer.wrap(bytes).putInt(at, 1 << 29);
      }
    }
    assertRefused(bytes);
  }
}
