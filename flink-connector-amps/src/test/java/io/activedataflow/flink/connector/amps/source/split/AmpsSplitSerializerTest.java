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

package io.activedataflow.flink.connector.amps.source.split;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AmpsSplitSerializerTest {

    private static final AmpsSplitSerializer SERIALIZER = AmpsSplitSerializer.INSTANCE;

    private static final AmpsSplit SPLIT =
            new AmpsSplit(
                    AmpsTopic.pattern("^(?:o.*)$"),
                    new AmpsShard(2, 3, "/id"),
                    AmpsSubscriptionKind.BOOKMARK_REPLAY,
                    "0",
                    new ReplayPosition(
                            "tcp://amps1:9007/amps/json",
                            new AmpsBookmark(-1, -2),
                            true,
                            1_700_000_000_000_000L,
                            List.of(new PublisherPosition(-1, -2, 7))),
                    ReplayEnd.ofLog("1|2|", "tcp://amps1:9007/amps/json"),
                    42,
                    "3|4|");

    private static AmpsSplit withStart(String start) {
        return new AmpsSplit(
                AmpsTopic.literal("orders"),
                AmpsShard.WHOLE,
                AmpsSubscriptionKind.LIVE,
                start,
                ReplayPosition.NONE,
                null,
                AmpsSplit.UNLIMITED,
                null);
    }

    @Provide
    Arbitrary<AmpsSplit> splits() {
        return SplitStrategies.splits();
    }

    @Property
    void everySplitComesBackAsItWas(@ForAll("splits") AmpsSplit split) throws IOException {
        byte[] bytes = SERIALIZER.serialize(split);

        assertThat(SERIALIZER.deserialize(SERIALIZER.getVersion(), bytes)).isEqualTo(split);
    }

    @Test
    void aListOfBookmarksMayBeLongerThan64Kilobytes() throws IOException {
        AmpsSplit split = withStart("18446744073709551615|1|,".repeat(10_000) + "1|1|");

        assertThat(SERIALIZER.deserialize(1, SERIALIZER.serialize(split))).isEqualTo(split);
    }

    @Property(tries = 5000)
    void damagedBytesAreASplitOrAnIoException(@ForAll("splits") AmpsSplit split, @ForAll long seed)
            throws IOException {
        restoreOrFail(SplitStrategies.damage(SERIALIZER.serialize(split), seed));
    }

    @Property
    void anyBytesAreASplitOrAnIoException(@ForAll byte[] bytes, @ForAll byte flags) {
        restoreOrFail(bytes);
        byte[] withStart = new byte[bytes.length + 2];
        withStart[1] = flags;
        System.arraycopy(bytes, 0, withStart, 2, bytes.length);
        restoreOrFail(withStart);
    }

    private static void restoreOrFail(byte[] bytes) {
        try {
            assertThat(SERIALIZER.deserialize(1, bytes)).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("state of the AMPS source");
        }
    }

    @Test
    void everyShorteningIsRefused() throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SERIALIZER.deserialize(1, cut))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("damaged");
        }
    }

    @Test
    void trailingBytesAreRefused() throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, Arrays.copyOf(bytes, bytes.length + 3)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 bytes after its end");
    }

    @Test
    void anUnknownVersionIsRefusedNamingBoth() throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);

        assertThatThrownBy(() -> SERIALIZER.deserialize(2, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2")
                .hasMessageContaining("version 1");
    }

    @ParameterizedTest
    @ValueSource(bytes = {5, -1})
    void modesOfOtherReleasesAreRefused(byte mode) throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);
        bytes[0] = mode;

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a split of mode " + mode)
                .hasMessageContaining("modes 0 to 4 only");
    }

    @Test
    void aPartWithoutItsWholeIsRefused() throws IOException {
        byte[] bytes = SERIALIZER.serialize(withStart("0"));
        for (int orphan : new int[] {8, 32, 64}) {
            bytes[1] = (byte) orphan;
            assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("flags " + orphan);
        }
    }

    @Test
    void aShardThatCannotBeIsRefused() throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);
        // Mode, flags, length and text of the topic: the index of the shard comes next.
        ByteBuffer.wrap(bytes).putInt(2 + 4 + 9, 3);

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("no shard 3 of 3");
    }

    @Test
    void aHugeLengthTakesNoMemory() throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);
        ByteBuffer.wrap(bytes).putInt(2, Integer.MAX_VALUE);

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.MAX_VALUE + " elements");
    }

    @Test
    void aHugeNumberOfPublishersTakesNoMemory() throws IOException {
        byte[] bytes = SERIALIZER.serialize(withStart("0"));
        // Behind it there is nothing but the number of messages that remain.
        ByteBuffer.wrap(bytes).putInt(bytes.length - Long.BYTES - Integer.BYTES, 100_000_000);

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("100000000 elements in 8 bytes");
    }

    @Test
    void aTextWithoutUtf8FormIsNotTurnedIntoAnother() {
        assertThatThrownBy(() -> SERIALIZER.serialize(withStart("\ud800")))
                .isInstanceOf(IOException.class);
    }
}
