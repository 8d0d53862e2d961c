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

package io.activedataflow.flink.connector.amps.source.enumerator;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitSerializer;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.KindState;
import io.activedataflow.flink.connector.amps.source.split.PublisherPosition;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;
import io.activedataflow.flink.connector.amps.source.split.SowKeySet;

import org.apache.flink.core.io.SimpleVersionedSerializer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
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

    private static final String SERVER = "tcp://amps1.example.com:9007/amps/json";

    private static final AmpsSplit MINIMAL =
            new AmpsSplit(
                    AmpsTopic.literal("t"),
                    AmpsShard.WHOLE,
                    AmpsSubscriptionKind.LIVE,
                    "0",
                    ReplayPosition.NONE,
                    null,
                    AmpsSplit.UNLIMITED,
                    null);

    private static final AmpsSplit FULL =
            new AmpsSplit(
                    AmpsTopic.pattern("^(?:ä.*)$"),
                    new AmpsShard(2, 8, "/customer/id"),
                    AmpsSubscriptionKind.BOOKMARK_REPLAY,
                    "1|2|,3|4|",
                    new ReplayPosition(
                            SERVER,
                            new AmpsBookmark(-1, -2),
                            true,
                            1_767_323_045_678_901L,
                            List.of(
                                    new PublisherPosition(-1, -3, 1_767_323_045_678_901L),
                                    new PublisherPosition(
                                            7, Long.MIN_VALUE, ReplayPosition.UNKNOWN_TIME))),
                    ReplayEnd.ofLog("5|6|", SERVER),
                    42,
                    "1|2|,3|4|");

    private static AmpsSplit snapshot(
            AmpsSubscriptionKind kind, String start, boolean complete, String... keys) {
        SowKeySet set = new SowKeySet();
        for (String key : keys) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            set.add("orders", bytes, 0, bytes.length);
        }
        return new AmpsSplit(
                        AmpsTopic.literal("orders"),
                        AmpsShard.WHOLE,
                        kind,
                        start,
                        ReplayPosition.NONE,
                        null,
                        AmpsSplit.UNLIMITED,
                        null)
                .withKindState(new KindState.Snapshot(complete, set.toKeys()));
    }

    private static final AmpsSplit QUEUE =
            new AmpsSplit(
                            AmpsTopic.literal("jobs"),
                            new AmpsShard(1, 3, "*"),
                            AmpsSubscriptionKind.QUEUE,
                            "0",
                            ReplayPosition.NONE,
                            null,
                            AmpsSplit.UNLIMITED,
                            null)
                    .withKindState(new KindState.Unacknowledged(BookmarkList.of(5, 20, -1, 7)));

    private static final Map<String, AmpsSplit> SPLITS =
            Map.of(
                    "v1-queue",
                    QUEUE,
                    "v1-minimal",
                    MINIMAL,
                    "v1-full",
                    FULL,
                    "v1-sow",
                    snapshot(AmpsSubscriptionKind.SOW, "", false, "7", "a=", "0"),
                    "v1-sow-and-subscribe",
                    snapshot(
                                    AmpsSubscriptionKind.SOW_AND_SUBSCRIBE,
                                    "20260102T030405.678901Z",
                                    true,
                                    "18446744073709551615")
                            .withPosition(
                                    new ReplayPosition(
                                            SERVER,
                                            new AmpsBookmark(7, 55),
                                            false,
                                            ReplayPosition.UNKNOWN_TIME,
                                            List.of())),
                    "v1-until-time",
                    new AmpsSplit(
                            AmpsTopic.literal("orders"),
                            AmpsShard.WHOLE,
                            AmpsSubscriptionKind.BOOKMARK_REPLAY,
                            "20260102T030405.678901Z",
                            new ReplayPosition(
                                    SERVER,
                                    new AmpsBookmark(7, 55),
                                    false,
                                    ReplayPosition.UNKNOWN_TIME,
                                    List.of(
                                            new PublisherPosition(
                                                    7, 55, ReplayPosition.UNKNOWN_TIME))),
                            new ReplayEnd("20270102T030405.000000Z", false, null),
                            AmpsSplit.UNLIMITED,
                            null));

    private static final Map<String, AmpsEnumState> ENUMERATORS =
            Map.of(
                    "v1-queue",
                            new AmpsEnumState(
                                    AmpsSubscriptionKind.QUEUE,
                                    AmpsSharding.competing(3),
                                    null,
                                    true,
                                    Set.of("jobs@1/3"),
                                    List.of(
                                            new AmpsSplit(
                                                    AmpsTopic.literal("jobs"),
                                                    new AmpsShard(0, 3, "*"),
                                                    AmpsSubscriptionKind.QUEUE,
                                                    "0",
                                                    ReplayPosition.NONE,
                                                    null,
                                                    AmpsSplit.UNLIMITED,
                                                    null))),
                    "v1-empty",
                            new AmpsEnumState(
                                    AmpsSubscriptionKind.LIVE,
                                    AmpsSharding.NONE,
                                    null,
                                    false,
                                    Set.of(),
                                    List.of()),
                    "v1-full",
                            new AmpsEnumState(
                                    AmpsSubscriptionKind.BOOKMARK_REPLAY,
                                    new AmpsSharding(8, "/customer/id"),
                                    "/amount > 10",
                                    true,
                                    Set.of("a#0/8", "b-ß#1/8"),
                                    List.of(MINIMAL, FULL)));

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
        check(file, SPLITS, AmpsSplitSerializer.INSTANCE);
    }

    @ParameterizedTest
    @MethodSource("enumerators")
    void everyStoredEnumeratorStateIsRestored(Path file) throws IOException {
        check(file, ENUMERATORS, AmpsEnumStateSerializer.INSTANCE);
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
