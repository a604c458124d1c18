// SPDX-License-Identifier: Apache-2.0
package org.gupstress.sampling;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * What a result file of jcstress holds: Java objects, one after the other. Such a file may come
 * from anywhere, and to read an object is to run its class. So only jcstress's own classes and
 * plain collections are admitted, within bounds that no result of jcstress comes near, and only for
 * some seconds.
 *
 * @param complaint why not all of it could be read, or empty
 */
record SerialResults(List<TestResult> results, String complaint) {
  private static final int SECONDS = 10;

  /** A result is a tree of few levels of lists, maps and counters, and takes less than 1 KiB. */
  private static final ObjectInputFilter FILTER = ObjectInputFilter.Config.createFilter(
      "maxdepth=12;maxrefs=2000000;maxarray=100000;maxbytes=268435456;"
          + "org.openjdk.jcstress.**;"
          + "java.lang.Enum;java.lang.String;java.lang.Object;java.lang.Number;java.lang.Integer;"
          + "java.lang.Long;java.lang.Boolean;"
          + "java.util.ArrayList;java.util.Arrays$ArrayList;java.util.CollSer;"
          + "java.util.ImmutableCollections$*;java.util.LinkedHashMap;java.util.HashMap;"
          + "java.util.TreeMap;java.util.AbstractMap;java.util.Map$Entry;"
          + "java.util.Collections$Empty*;java.util.Collections$Synchronized*;"
          + "!*");

  /** Reads as much of a file as can be read. */
  static SerialResults read(Path file) {
    List<TestResult> results = new ArrayList<>();
    FutureTask<String> reading = new FutureTask<>(() -> complaint(file, results));
    Thread reader = new Thread(reading, "reader of " + file);
    reader.setDaemon(true);
    reader.start();
    String complaint;
    try {
      complaint = reading.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      complaint = "cannot read " + file + ": it takes longer than " + SECONDS + " s";
    } catch (ExecutionException e) {
      complaint = notOfJcstress(file, Objects.requireNonNullElse(e.getCause(), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      complaint = "cannot read " + file + ": interrupted";
    }
    synchronized (results) {
      return new SerialResults(List.copyOf(results), complaint);
    }
  }

  private static String complaint(Path file, List<TestResult> results) {
    boolean isEnd = false;
    try (InputStream zipped = new BufferedInputStream(Files.newInputStream(file));
        InputStream plain = new BufferedInputStream(new GZIPInputStream(zipped));
        ObjectInputStream objects = new ObjectInputStream(plain)) {
      objects.setObjectInputFilter(FILTER);
      while (true) {
        // between two objects is where a file may end
        plain.mark(1);
        isEnd = plain.read() < 0;
        plain.reset();
        Object read = objects.readObject();
        if (read instanceof TestResult result) {
          synchronized (results) {
            results.add(result);
          }
        }
      }
    } catch (EOFException e) {
      return isEnd ? "" : truncated(file, e);
    } catch (IOException e) {
      return results.isEmpty() ? notOfJcstress(file, e) : truncated(file, e);
    } catch (ClassNotFoundException | RuntimeException | StackOverflowError e) {
      return notOfJcstress(file, e);
    }
  }

  private static String truncated(Path file, IOException e) {
    return "cannot read " + file + " to its end: it is truncated or not a result file (" + e + ")";
  }

  private static String notOfJcstress(Path file, Throwable e) {
    return "cannot read " + file + ": it was not written by jcstress 0.16 (" + e + ")";
  }
}
