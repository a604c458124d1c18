// SPDX-License-Identifier: Apache-2.0
package org.gupstress.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets a sentence and status 2, before anything runs, and never a stack trace. */
class BadInputTest {
  private static final String PIN_UNPIN = "explore --design rfc-oct --scenario pin-unpin ";

  @TempDir
  private Path directory;

  private static void assertRefused(CommandLineRun run, String... says) {
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("gupstress: ").contains(says).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "audti|there is no command \"audti\"; nearest: audit",
        "--design rfc-oct|no option \"--design\" in front of a command",
        "audit --desing rfc-oct|there is no option \"--desing\"; nearest: --design",
        "explore --desing rfc-oct|there is no option \"--desing\"; nearest: --design",
        "audit --design rfc-okt|there is no design \"rfc-okt\"; nearest: rfc-oct",
        "audit --scenario pin-vs-train|no scenario \"pin-vs-train\"; nearest: pin-vs-drain",
        "audit --kernel debugg|there is no kernel \"debugg\"; nearest: debug",
        "audit --format male|there is no format \"male\"; nearest: mail",
        "list --pairs designs|--pairs is a list of its own, found \"designs\" beside it",
        "list clams|there is no list \"clams\"; nearest: claims",
        "replay nonsense|is no file and no token",
        "replay a#b|a token is design/scenario/kernel",
        "replay rfc-okt/pin-unpin/debug/2x1#01234567.a|nearest: rfc-oct",
        "replay rfc-oct/pin-unpin/debug/9x1#01234567.a|runs on 2 to 4 CPUs",
        "audit --budget 60|a time is a number and ms, s, m or h, like 60s; found \"60\"",
        "audit --budget 0s|longer than nothing",
        "audit --budget -5s|a time is a number",
        "audit --budget 9999999999h|a time is a number",
        "audit --budget 999999999h|a time is at most 8760h; found \"999999999h\"",
        "audit --budget 2562048h|a time is at most 8760h; found \"2562048h\"",
        "storm --design rfc-oct --duration 8761h|a time is at most 8760h",
        "storm --design rfc-oct --workload ,|there is no workload \"\"",
        "storm --design rfc-oct --workload rdma,,futex|there is no workload \"\"",
        "storm --design rfc-oct --pressure 0|--pressure is the working set over memory",
        "storm --design rfc-oct --pressure 1e9|from 0.1 to 100 like 1.25 or 3; found \"1e9\"",
        "storm --design rfc-oct --pressure=-1|found \"-1\"",
        "storm --design rfc-oct --pressure NaN|found \"NaN\"",
        "storm --design rfc-oct --pressure 100.5|found \"100.5\"",
        "storm --design rfc-oct --file-size 15|--file-size is a number from 16 to 64m",
        "storm --design rfc-oct --file-size 64m --cpus 2|a storm takes at most 1983 MiB; found 65536",
        "storm --design rfc-oct --processes 0|--processes must be at least 1, found 0",
        "storm --design rfc-oct --processes 2000|each process needs at least 64 pages; found 2000",
        "replay --design a.java,,b.java x#y|--design takes a list",
        "storm|storm takes --design D or --compare D1,D2,..., and one of them only",
        "storm --design rfc-oct --compare rfc-nov|and one of them only",
        "storm --design rfc-okt|there is no design \"rfc-okt\"; nearest: rfc-oct",
        "storm --compare rfc-oct,rfc-now|there is no design \"rfc-now\"; nearest: rfc-nov",
        "storm --desing rfc-oct|there is no option \"--desing\"; nearest: --design",
        "storm --no-events --cpus two|is not an int",
        "report|Missing required parameter",
        "report nowhere.json|nowhere.json does not exist",
        "bench --quick --full|bench takes --quick or --full, and one of them only",
        "bench --threads 0|--threads must be at least 1, found 0",
        "bench --threads 1,x|is not an int",
        "bench --threads 1,257|--threads can be at most 256",
        "bench --qiestion PinUnpin|there is no option \"--qiestion\"; nearest: --question",
        "bench --question PinUnpim|there is no question \"PinUnpim\"",
        "bench --design foll-pim|there is no design \"foll-pim\"; nearest: foll-pin",
        "bench --jar nowhere.jar|there is no nowhere.jar: mvn package makes it, --jar names another",
        "jcstress --design MyPin.java|jcstress runs shipped designs only, found MyPin.java: its tests",
        "jcstress --design ,|--design takes a list with a comma between two of it, like a,b; found",
        "jcstress --test PinVsDrain,,UnionTearing|found \"PinVsDrain,,UnionTearing\"",
        "audit --design rfc-oct,|--design takes a list",
        "audit --scenario ,|--scenario takes a list",
        "storm --compare rfc-oct,,rfc-nov|--compare takes a list",
        "bench --design ,|--design takes a list",
        "bench --threads 1,,2|is not an int",
        "audit --threads 0|--threads must be at least 1, found 0",
        "audit --threads 9999|--threads can be at most 256"
      })
  void namesWhatWasFoundAndWhatIsNear(String words, String says) {
    assertRefused(CommandLineRun.of(words.split(" ", -1)), says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--cpus 0|--cpus must be at least 1, found 0",
        "--cpus 9|pin-unpin runs on 2 to 4 CPUs, not on 9",
        "--rounds 0|--rounds must be at least 1, found 0",
        "--rounds 7|pin-unpin runs for 1 to 2 rounds, not for 7",
        "--threads 0|--threads must be at least 1, found 0",
        "--max-states 0|--max-states must be at least 1, found 0",
        "--preemptions -1|--preemptions must be at least 0, found -1",
        "--cpus two|is not an int",
        "--trace strandet|there is no harm \"strandet\"; nearest: stranded"
      })
  void refusesImpossibleSizes(String words, String says) {
    assertRefused(CommandLineRun.of((PIN_UNPIN + words).split(" ", -1)), says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--workload dio-maped|there is no workload \"dio-maped\"; nearest: dio-mapped",
        "--workload rdma:0|the weight of a workload is a number from 1 to 1000",
        "--workload rdma,rdma|the workload rdma is named twice",
        "--cpus 0|--cpus must be at least 1, found 0",
        "--cpus 257|--cpus can be at most 256, found 257",
        "--pages 4095|--pages is a number from 4096 to 4m, like 65536, 64k or 1m; found \"4095\"",
        "--pages 3k|found \"3k\"",
        "--cpus 64 --pages 4096|a storm of 64 CPUs needs at least 12288 pages",
        "--cpus 256 --pages 16k|a storm of 256 CPUs needs at least 49152 pages",
        "--pages 5m|found \"5m\"",
        "--pages 999999999m|found \"999999999m\"",
        "--pages 1g|found \"1g\"",
        "--duration 500ms|--duration must be at least 1s, found 500ms",
        "--seed x|is not a long",
        "--kernel debugg|there is no kernel \"debugg\"; nearest: debug",
        "--perturb starv|there is no perturbation \"starv\"; nearest: starve"
      })
  void refusesImpossibleStorms(String words, String says) {
    Path file = directory.resolve("result.json");
    String[] storm = ("storm --design rfc-oct --json " + file + " " + words).split(" ", -1);
    assertRefused(CommandLineRun.of(storm), says);
    assertThat(file).doesNotExist();
  }

  @Test
  void saysThatAnOutputCannotBeWrittenBeforeItRuns() {
    Path nowhere = directory.resolve("no/such/directory/result.json");
    assertRefused(
        CommandLineRun.of("audit", "--json", directory.toString()),
        "cannot write",
        "it is a directory");
    assertRefused(
        CommandLineRun.of(
            "explore", "--design", "rfc-oct", "--scenario", "pin-unpin", "--json", "" + nowhere),
        "cannot write " + nowhere,
        "there is no directory");
  }

  @Test
  void refusesATokenOfAnotherVersionWithBothHashes() {
    String token = CommandLineRun.of("explore", "--design", "rfc-oct", "--scenario", "pin-unpin")
        .token();
    String here = token.substring(token.indexOf('#') + 1, token.indexOf('.'));
    assertRefused(
        CommandLineRun.of("replay", token.replace(here, "00000000")),
        "the hash 00000000",
        "here it is " + here);
  }

  @Test
  void refusesAScheduleThatCannotBeRun() {
    String token = CommandLineRun.of("explore", "--design", "rfc-oct", "--scenario", "pin-unpin")
        .token();
    String stamped = token.substring(0, token.indexOf('.') + 1);
    assertRefused(CommandLineRun.of("replay", stamped + "h9"), "or it is not whole", "here it is ");
    assertRefused(CommandLineRun.of("replay", stamped + "ab".repeat(5000)), "at most 500");
  }

  @Test
  void namesTheLineOfAResultThatIsNotJson() throws IOException {
    Path file = directory.resolve("result.json");
    Files.writeString(file, "{\"schema\": \"gupstress-result/2\",\n\"rows\": [ oops ]}");
    assertRefused(
        CommandLineRun.of("replay", file.toString()), file + ", line 2: this is not JSON");
  }

  @Test
  void refusesResultsOfAnotherKind() throws IOException {
    Path file = directory.resolve("result.json");
    Files.writeString(file, "{\"rows\": [{\"schema\": \"gupstress-result/2\"}]}");
    assertRefused(CommandLineRun.of("replay", file.toString()), "found none");
    Files.writeString(file, "[".repeat(100_000));
    assertRefused(CommandLineRun.of("replay", file.toString()), "this is not JSON");
    assertRefused(CommandLineRun.of("replay", directory.toString()), "is a directory");
  }
}
