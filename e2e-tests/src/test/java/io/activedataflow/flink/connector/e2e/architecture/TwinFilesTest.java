/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.activedataflow.flink.connector.e2e.architecture;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The connectors do not depend on each other, so what they share in idea exists once per connector.
 * The copies must stay the same, or a fix misses its twin: but for package, prefix, the name of the
 * product in messages and the word for what is read, and for what follows from the length of these,
 * which is where lines are broken and in which order imports come.
 *
 * <p>The record-file connector has other copies than the one for AMPS. It connects to nothing, and
 * hands splits to the reader that asks for one, so that its {@code SplitLedger} and {@code
 * SplitAssigner} have nothing but the name and the task in common with theirs; its coordinator for
 * tests keeps calls back that theirs lets run at once.
 */
@Timeout(60)
class TwinFilesTest {

    private static final String PATTERN_MODULE = "flink-connector-redis-streams";
    private static final String AMPS_MODULE = "flink-connector-amps";
    private static final String RECORD_FILE_MODULE = "flink-connector-recordfile";

    private static final Pattern TOKEN = Pattern.compile("\\w+|[^\\w\\s]");
    private static final int TOKENS_SHOWN = 20;

    /** What the products call a thing that is read. */
    private static final Set<String> ITEM = Set.of("entry", "message", "record");

    @ParameterizedTest
    @CsvSource({
        "flink-connector-amps, architecture/ConnectorArchitectureTest",
        "flink-connector-amps, architecture/TestCodeArchitectureTest",
        "flink-connector-amps, architecture/Conditions",
        "flink-connector-amps, architecture/FlinkApi",
        "flink-connector-amps, architecture/OnlyMainClasses",
        "flink-connector-amps, architecture/OnlyTestClasses",
        "flink-connector-recordfile, architecture/ConnectorArchitectureTest",
        "flink-connector-recordfile, architecture/TestCodeArchitectureTest",
        "flink-connector-recordfile, architecture/Conditions",
        "flink-connector-recordfile, architecture/FlinkApi",
        "flink-connector-recordfile, architecture/OnlyMainClasses",
        "flink-connector-recordfile, architecture/OnlyTestClasses"
    })
    void architectureTestsAreTheSame(String module, String file) throws IOException {
        checkThatTwinsAreTheSame(module, "src/test", file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREFIXTlsOptions",
                "client/ExponentialBackoff",
                "client/RetryIncident",
                "client/TlsContexts",
                "metrics/ConcurrentCounter",
                "source/enumerator/Pause",
                "source/enumerator/RetryPolicy",
                "source/enumerator/SplitAssigner",
                "source/enumerator/SplitLedger",
                "source/reader/ElementCollector",
                "source/reader/ReaderIdleness",
                "source/reader/Signal",
                "source/reader/SplitOutputs",
                "source/reader/deserializer/Excerpt",
                "source/reader/deserializer/TextConverter",
                "source/reader/deserializer/TextNumbers",
                "source/reader/deserializer/TextType",
                "source/reader/deserializer/Utf8",
                "source/split/NothingToReadEvent",
                "source/split/RestoredSplitsEvent",
                "source/split/StateReader",
                "source/split/StateWriter"
            })
    void classesOfTheAmpsConnectorAreTheSame(String file) throws IOException {
        checkThatTwinsAreTheSame(AMPS_MODULE, "src/main", file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client/ExponentialBackoffTest",
                "client/RetryIncidentTest",
                "source/CrashPlan",
                "source/CrashingMap",
                "source/Gate",
                "source/SequenceCheck",
                "source/SequenceLedger",
                "source/Stall",
                "source/enumerator/FakeCoordinator",
                "source/enumerator/ManualPause",
                "source/enumerator/RetryPolicyTest",
                "source/enumerator/SplitAssignerTest",
                "source/enumerator/SplitLedgerModelTest",
                "source/enumerator/SplitLedgerTest",
                "source/reader/SourceOutputThatFails",
                "testutils/Await",
                "testutils/Keytool",
                "testutils/LogLines",
                "testutils/TempDirectories",
                "testutils/TestCertificates"
            })
    void testsOfTheAmpsConnectorAreTheSame(String file) throws IOException {
        checkThatTwinsAreTheSame(AMPS_MODULE, "src/test", file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client/ExponentialBackoff",
                "client/RetryIncident",
                "metrics/ConcurrentCounter",
                "source/enumerator/Pause",
                "source/reader/ElementCollector",
                "source/reader/ReaderIdleness",
                "source/reader/Signal",
                "source/reader/SplitOutputs",
                "source/reader/deserializer/Excerpt",
                "source/reader/deserializer/TextConverter",
                "source/reader/deserializer/TextNumbers",
                "source/reader/deserializer/TextType",
                "source/reader/deserializer/Utf8",
                "source/split/NothingToReadEvent",
                "source/split/StateReader",
                "source/split/StateWriter"
            })
    void classesOfTheRecordFileConnectorAreTheSame(String file) throws IOException {
        checkThatTwinsAreTheSame(RECORD_FILE_MODULE, "src/main", file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"source/reader/deserializer/OptionalDependency"})
    void classesOfBothOthersAreTheSame(String file) throws IOException {
        checkThatTwinsAreTheSame(RECORD_FILE_MODULE, AMPS_MODULE, "src/main", file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client/ExponentialBackoffTest",
                "client/RetryIncidentTest",
                "source/CrashPlan",
                "source/CrashingMap",
                "source/Gate",
                "source/SequenceCheck",
                "source/SequenceLedger",
                "source/Stall",
                "source/enumerator/ManualPause",
                "source/reader/SourceOutputThatFails",
                "testutils/Await",
                "testutils/LogLines"
            })
    void testsOfTheRecordFileConnectorAreTheSame(String file) throws IOException {
        checkThatTwinsAreTheSame(RECORD_FILE_MODULE, "src/test", file);
    }

    private static void checkThatTwinsAreTheSame(String module, String sourceRoot, String file)
            throws IOException {
        checkThatTwinsAreTheSame(module, PATTERN_MODULE, sourceRoot, file);
    }

    private static void checkThatTwinsAreTheSame(
            String module, String patternModule, String sourceRoot, String file)
            throws IOException {
        List<String> twin = tokens(module, sourceRoot, file);
        List<String> pattern = tokens(patternModule, sourceRoot, file);
        int same = 0;
        while (same < Math.min(twin.size(), pattern.size())
                && twin.get(same).equals(pattern.get(same))) {
            same++;
        }
        assertThat(around(same, twin))
                .as("%s of %s, where it begins to differ", file, module)
                .isEqualTo(around(same, pattern));
    }

    private static String around(int index, List<String> tokens) {
        int from = Math.max(0, index - TOKENS_SHOWN);
        int to = Math.min(tokens.size(), index + TOKENS_SHOWN);
        return String.join(" ", tokens.subList(from, to));
    }

    /** The imports in alphabetical order, then all else, without what depends on line breaks. */
    private static List<String> tokens(String module, String sourceRoot, String file)
            throws IOException {
        List<String> imports = new ArrayList<>();
        StringBuilder code = new StringBuilder();
        for (String line : normalized(module, sourceRoot, file).split("\n")) {
            if (line.startsWith("import ")) {
                imports.add(line);
            } else {
                code.append(line.replaceFirst("^\\s*(\\*|//)(?= |$)", "")).append('\n');
            }
        }
        imports.sort(null);
        String all = String.join("\n", imports) + code.toString().replaceAll("\"\\s*\\+\\s*\"", "");
        return TOKEN.matcher(all)
                .results()
                .map(MatchResult::group)
                .map(TwinFilesTest::withoutWordOfProduct)
                .toList();
    }

    private static String withoutWordOfProduct(String token) {
        if (ITEM.contains(token)) {
            return "ITEM";
        }
        return token.equals("an") ? "a" : token;
    }

    private static String normalized(String module, String sourceRoot, String file)
            throws IOException {
        String projectRoot = System.getProperty("test.project.root");
        assumeThat(projectRoot).as("set by the build, not by an IDE").isNotNull();
        Path path =
                Path.of(
                        projectRoot,
                        module,
                        sourceRoot,
                        "java/io/activedataflow/flink/connector",
                        packageOf(module),
                        file.replace("PREFIX", prefixOf(module)) + ".java");
        return Files.readString(path)
                .replace("flink.connector." + packageOf(module), "flink.connector.PACKAGE")
                .replaceAll("\\b" + prefixOf(module), "PREFIX")
                .replace(productOf(module), "PRODUCT")
                .replace('"' + packageOf(module) + '-', "\"PACKAGE-")
                .replaceAll("(VENDOR_CLIENT = )\"[^\"]*\"", "$1VENDOR");
    }

    private static String packageOf(String module) {
        return switch (module) {
            case AMPS_MODULE -> "amps";
            case PATTERN_MODULE -> "redis";
            case RECORD_FILE_MODULE -> "recordfile";
            default -> throw new IllegalArgumentException(module);
        };
    }

    private static String prefixOf(String module) {
        return switch (module) {
            case AMPS_MODULE -> "Amps";
            case PATTERN_MODULE -> "RedisStreams";
            case RECORD_FILE_MODULE -> "RecordFile";
            default -> throw new IllegalArgumentException(module);
        };
    }

    private static String productOf(String module) {
        return switch (module) {
            case AMPS_MODULE -> "AMPS source";
            case PATTERN_MODULE -> "Redis Streams source";
            case RECORD_FILE_MODULE -> "record-file source";
            default -> throw new IllegalArgumentException(module);
        };
    }
}
