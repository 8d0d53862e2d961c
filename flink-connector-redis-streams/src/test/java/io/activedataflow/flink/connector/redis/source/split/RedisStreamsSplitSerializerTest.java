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

package io.activedataflow.flink.connector.redis.source.split;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit.StopPoint;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RedisStreamsSplitSerializerTest {

    private static final RedisStreamsSplitSerializer SERIALIZER =
            RedisStreamsSplitSerializer.INSTANCE;

    private static final RedisStreamsSplit SPLIT =
            new RedisStreamsSplit(
                    "orders-3",
                    3,
                    new StreamEntryId(-1, -2),
                    42,
                    true,
                    true,
                    new StopPoint(new StreamEntryId(7, 8), true),
                    new StreamEntryId(5, 6));

    @Provide
    Arbitrary<RedisStreamsSplit> splits() {
        return SplitStrategies.splits();
    }

    @Property
    void everySplitComesBackAsItWas(@ForAll("splits") RedisStreamsSplit split) throws IOException {
        byte[] bytes = SERIALIZER.serialize(split);

        assertThat(SERIALIZER.deserialize(SERIALIZER.getVersion(), bytes)).isEqualTo(split);
    }

    @Test
    void aKeyMayBeLongerThan64Kilobytes() throws IOException {
        RedisStreamsSplit split =
                new RedisStreamsSplit(
                        "ä".repeat(100_000), -1, StreamEntryId.ZERO, -1, false, false, null, null);

        assertThat(SERIALIZER.deserialize(1, SERIALIZER.serialize(split))).isEqualTo(split);
    }

    @Property(tries = 5000)
    void damagedBytesAreASplitOrAnIoException(
            @ForAll("splits") RedisStreamsSplit split, @ForAll long seed) throws IOException {
        restoreOrFail(SplitStrategies.damage(SERIALIZER.serialize(split), seed));
    }

    @Property
    void anyBytesAreASplitOrAnIoException(@ForAll byte[] bytes) {
        restoreOrFail(bytes);
        byte[] withMode = Arrays.copyOf(bytes, bytes.length + 1);
        withMode[0] = RedisStreamsSplitSerializer.MODE_LOG;
        restoreOrFail(withMode);
    }

    private static void restoreOrFail(byte[] bytes) {
        try {
            assertThat(SERIALIZER.deserialize(1, bytes)).isNotNull();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("state of the Redis Streams source");
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

    @Test
    void anUnknownModeIsRefusedNamingBoth() throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);
        bytes[0] = 1;

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mode 1")
                .hasMessageContaining("mode 0");
    }

    @Test
    void aHugeLengthTakesNoMemory() throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);
        Arrays.fill(bytes, 1, 5, (byte) 0xff);
        bytes[1] = 0x7f;

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.MAX_VALUE + " elements");
    }

    @Test
    void aKeyWithoutUtf8FormIsNotTurnedIntoAnother() {
        RedisStreamsSplit split =
                new RedisStreamsSplit(
                        "\ud800", -1, StreamEntryId.ZERO, -1, false, false, null, null);

        assertThatThrownBy(() -> SERIALIZER.serialize(split)).isInstanceOf(IOException.class);
    }
}
