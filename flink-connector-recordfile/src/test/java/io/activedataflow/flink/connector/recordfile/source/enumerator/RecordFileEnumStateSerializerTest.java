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

import io.activedataflow.flink.connector.recordfile.format.BlockSummary;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.DiscoveryState;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.SplitStrategies;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileEnumStateSerializerTest {

    private static final RecordFileEnumStateSerializer SERIALIZER =
            RecordFileEnumStateSerializer.INSTANCE;

    private static final RecordFileEnumState STATE =
            new RecordFileEnumState(
                    true,
                    discovered("a", "b"),
                    List.of(Splits.file("b")),
                    Map.of("id-1", "key-1"),
                    List.of(
                            FileScan.of(Splits.file("big", 250, ""), 100, true)
                                    .with(Map.of(1, FileScansTest.block(true, false)))));

    /** What a discovery that has found these files keeps. */
    static DiscoveryState discovered(String... names) {
        RecordFileSourceEnumerator enumerator = new EnumeratorFixture(names).listed();
        return enumerator.snapshotState(1).discovery();
    }

    @Provide
    Arbitrary<RecordFileEnumState> states() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<Long> numbers = Arbitraries.longs();
        Arbitrary<BlockSummary.View> views =
                Combinators.combine(numbers, numbers, numbers, numbers, numbers, flags)
                        .as(BlockSummary.View::new);
        Arbitrary<BlockSummary> summaries =
                Combinators.combine(flags, views, views).as(BlockSummary::new);
        Arbitrary<FileScan> scans =
                Combinators.combine(
                                SplitStrategies.splits(),
                                flags,
                                summaries.list().ofMinSize(1).ofMaxSize(3))
                        .as(RecordFileEnumStateSerializerTest::scan);
        return Combinators.combine(
                        flags,
                        Arbitraries.of(DiscoveryState.EMPTY, discovered("a", "b")),
                        SplitStrategies.splits().list().ofMaxSize(5),
                        Arbitraries.maps(SplitStrategies.texts(), SplitStrategies.texts())
                                .ofMaxSize(5),
                        scans.list().ofMaxSize(3))
                .as(RecordFileEnumState::new);
    }

    private static FileScan scan(
            RecordFileSplit whole, boolean exact, List<BlockSummary> summaries) {
        long partSize = Math.max(1, whole.length() / summaries.size());
        Map<Integer, BlockSummary> answers = new HashMap<>();
        for (int i = 0; i < Math.min(summaries.size(), whole.length()); i++) {
            answers.put(i, summaries.get(i));
        }
        return new FileScan(whole, partSize, exact, answers);
    }

    @Property
    void everyStateComesBackAsItWas(@ForAll("states") RecordFileEnumState state)
            throws IOException {
        byte[] bytes = SERIALIZER.serialize(state);

        assertThat(SERIALIZER.deserialize(SERIALIZER.getVersion(), bytes)).isEqualTo(state);
    }

    @Property(tries = 5000)
    void damagedBytesAreAStateOrAnIoException(
            @ForAll("states") RecordFileEnumState state, @ForAll long seed) throws IOException {
        restoreOrFail(SplitStrategies.damage(SERIALIZER.serialize(state), seed));
    }

    @Property
    void anyBytesAreAStateOrAnIoException(@ForAll byte[] bytes) {
        restoreOrFail(bytes);
        byte[] withStart = new byte[bytes.length + 2];
        System.arraycopy(bytes, 0, withStart, 2, bytes.length);
        restoreOrFail(withStart);
    }

    private static void restoreOrFail(byte[] bytes) {
        try {
            assertThat(SERIALIZER.deserialize(1, bytes)).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("state of the record-file source");
        }
    }

    @Test
    void everyShorteningAndTrailingBytesAreRefused() throws IOException {
        byte[] bytes = SERIALIZER.serialize(STATE);

        for (int length = 0; length <= bytes.length + 2; length++) {
            byte[] other = Arrays.copyOf(bytes, length);
            if (length != bytes.length) {
                assertThatThrownBy(() -> SERIALIZER.deserialize(1, other))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void unknownVersionsAreRefusedNamingBoth() throws IOException {
        byte[] bytes = SERIALIZER.serialize(STATE);
        // Mode and flag: the version of the split comes next.
        byte[] otherSplitVersion = bytes.clone();
        ByteBuffer.wrap(otherSplitVersion).putInt(2, 7);

        assertThatThrownBy(() -> SERIALIZER.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("enumerator state of version 2")
                .hasMessageContaining("version 1");
        assertThatThrownBy(() -> SERIALIZER.deserialize(1, otherSplitVersion))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("split of version 7")
                .hasMessageContaining("version 1");
    }

    @Test
    void aHugeCountTakesNoMemory() throws IOException {
        byte[] bytes = SERIALIZER.serialize(STATE);
        ByteBuffer.wrap(bytes).putInt(6, Integer.MAX_VALUE);

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.MAX_VALUE + " elements");
    }
}
