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
import io.activedataflow.flink.connector.redis.source.split.SplitStrategies;

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
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RedisStreamsEnumStateSerializerTest {

    private static final RedisStreamsEnumStateSerializer SERIALIZER =
            RedisStreamsEnumStateSerializer.INSTANCE;

    private static final RedisStreamsEnumState STATE =
            new RedisStreamsEnumState(
                    true,
                    Set.of("a", "b"),
                    List.of(
                            new RedisStreamsSplit(
                                    "c", 2, new StreamEntryId(1, 2), 9, true, true, null, null)));

    @Provide
    Arbitrary<RedisStreamsEnumState> states() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        SplitStrategies.keys().set().ofMaxSize(5),
                        SplitStrategies.splits().list().ofMaxSize(5))
                .as(RedisStreamsEnumState::new);
    }

    @Property
    void everyStateComesBackAsItWas(@ForAll("states") RedisStreamsEnumState state)
            throws IOException {
        byte[] bytes = SERIALIZER.serialize(state);

        assertThat(SERIALIZER.deserialize(SERIALIZER.getVersion(), bytes)).isEqualTo(state);
    }

    @Property(tries = 5000)
    void damagedBytesAreAStateOrAnIoException(
            @ForAll("states") RedisStreamsEnumState state, @ForAll long seed) throws IOException {
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
            assertThat(e).hasMessageContaining("state of the Redis Streams source");
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
        // Mode, flag, count, two texts of one byte: the version of the split comes next.
        byte[] otherSplitVersion = bytes.clone();
        ByteBuffer.wrap(otherSplitVersion).putInt(2 + 4 + 2 * 5, 7);

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
        ByteBuffer.wrap(bytes).putInt(2, Integer.MAX_VALUE);

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Integer.MAX_VALUE + " elements");
    }
}
