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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryState;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.GoldenDiscoveryStates;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitSerializer;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restores every piece of state ever stored under {@code state/}, and writes those of the current
 * version byte for byte. The files are named {@code v<version>-<name>.hex}; they are never changed,
 * only added to.
 */
@Tag("compat")
@Timeout(60)
class GoldenStateTest {

    private static final RecordFileSplit MINIMAL =
            split("", "/a", Kind.READ, RecordFileIdentity.ofListed(0, 0), RecordFilePosition.START);

    private static final RecordFileSplit FULL =
            new RecordFileSplit(
                    "0123456789abcdef-100",
                    new org.apache.flink.core.fs.Path("s3://bucket/ä b/%41.csv"),
                    100,
                    200,
                    Kind.READ_CUT,
                    new RecordFileIdentity(1000, 1526919030474L, 1000, 0xCAFEBABE),
                    new RecordFilePosition(150, 20, 130, 3, -1, 7),
                    5,
                    "key-ß",
                    "host-1",
                    "host-2");

    private static final RecordFileSplit SCAN =
            split(
                    "id-scan-0",
                    "file:/data/x",
                    Kind.SCAN,
                    RecordFileIdentity.ofListed(300, -1),
                    RecordFilePosition.START);

    private static final RecordFileSplit OVERRIDDEN =
            FULL.withOverride(new RecordFilePosition(160, 20, 140, 0, -1, -1));

    private static final Map<String, RecordFileSplit> SPLITS =
            Map.of(
                    "v1-minimal",
                    MINIMAL,
                    "v1-full",
                    FULL,
                    "v1-scan",
                    SCAN,
                    "v1-overridden",
                    OVERRIDDEN);

    private static final Map<String, RecordFileEnumState> ENUMERATORS =
            Map.of(
                    "v1-empty",
                    enumerator(DiscoveryState.EMPTY),
                    "v1-discovery-by-time",
                    enumerator(GoldenDiscoveryStates.byTime()),
                    "v1-discovery-by-name",
                    enumerator(GoldenDiscoveryStates.byName()),
                    "v1-discovery-of-all",
                    enumerator(GoldenDiscoveryStates.all()),
                    "v1-full",
                    new RecordFileEnumState(
                            true,
                            DiscoveryState.EMPTY,
                            List.of(MINIMAL, FULL, SCAN),
                            Map.of("id-1", "key-1", "id-2", "key-ß"),
                            List.of(
                                    FileScan.of(Splits.file("looked", 99, ""), 50, false),
                                    FileScan.of(Splits.file("big", 250, ""), 100, true)
                                            .with(
                                                    Map.of(
                                                            0,
                                                            FileScansTest.block(true, false),
                                                            2,
                                                            FileScansTest.block(false, true))))));

    private static RecordFileEnumState enumerator(DiscoveryState discovery) {
        return new RecordFileEnumState(false, discovery, List.of(), Map.of(), List.of());
    }

    private static RecordFileSplit split(
            String id,
            String path,
            Kind kind,
            RecordFileIdentity identity,
            RecordFilePosition position) {
        return new RecordFileSplit(
                id,
                new org.apache.flink.core.fs.Path(path),
                0,
                identity.size(),
                kind,
                identity,
                position,
                0,
                "");
    }

    static List<Path> splits() {
        return filesUnder("/state/split");
    }

    static List<Path> enumerators() {
        return filesUnder("/state/enumerator");
    }

    private static List<Path> filesUnder(String folder) {
        try (Stream<Path> files =
                Files.list(Path.of(GoldenStateTest.class.getResource(folder).toURI()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("splits")
    void everyStoredSplitIsRestored(Path file) throws IOException {
        check(file, SPLITS, RecordFileSplitSerializer.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("enumerators")
    void everyStoredEnumeratorStateIsRestored(Path file) throws IOException {
        check(file, ENUMERATORS, RecordFileEnumStateSerializer.INSTANCE);
    }

    private static <T> void check(
            Path file, Map<String, T> expected, SimpleVersionedSerializer<T> serializer)
            throws IOException {
        String name = file.getFileName().toString().replace(".hex", "");
        int version = Integer.parseInt(name.substring(1, name.indexOf('-')));
        byte[] bytes = HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));

        assertThat(expected).as("what the files hold").containsKey(name);
        assertThat(serializer.deserialize(version, bytes)).isEqualTo(expected.get(name));
        if (version == serializer.getVersion()) {
            assertThat(serializer.serialize(expected.get(name))).isEqualTo(bytes);
        }
    }
}
