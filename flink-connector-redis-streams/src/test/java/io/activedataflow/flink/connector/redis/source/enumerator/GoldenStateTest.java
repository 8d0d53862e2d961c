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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplitSerializer;

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
import java.util.Set;
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

    private static final RedisStreamsSplit MINIMAL =
            new RedisStreamsSplit("s", -1, StreamEntryId.ZERO, -1, false, false, null, null);

    private static final RedisStreamsSplit FULL =
            new RedisStreamsSplit(
                    "orders-{ä}-3",
                    3,
                    new StreamEntryId(-1, -2),
                    42,
                    true,
                    true,
                    new StopPoint(new StreamEntryId(7, 8), true),
                    new StreamEntryId(5, 6));

    private static final Map<String, RedisStreamsSplit> SPLITS =
            Map.of(
                    "v1-minimal", MINIMAL,
                    "v1-full", FULL,
                    "v1-stop-by-id",
                            new RedisStreamsSplit(
                                    "orders:0",
                                    0,
                                    new StreamEntryId(1526919030474L, 55),
                                    0,
                                    true,
                                    false,
                                    new StopPoint(new StreamEntryId(1526919030474L, 99), false),
                                    null));

    private static final Map<String, RedisStreamsEnumState> ENUMERATORS =
            Map.of(
                    "v1-empty", new RedisStreamsEnumState(false, Set.of(), List.of()),
                    "v1-full",
                            new RedisStreamsEnumState(
                                    true, Set.of("a", "b-ß"), List.of(MINIMAL, FULL)));

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
        check(file, SPLITS, RedisStreamsSplitSerializer.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("enumerators")
    void everyStoredEnumeratorStateIsRestored(Path file) throws IOException {
        check(file, ENUMERATORS, RedisStreamsEnumStateSerializer.INSTANCE);
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
