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

import io.activedataflow.flink.connector.amps.source.AmpsSharding;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.split.SplitStrategies;

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
class AmpsEnumStateSerializerTest {

    private static final AmpsEnumStateSerializer SERIALIZER = AmpsEnumStateSerializer.INSTANCE;

    private static final AmpsEnumState STATE =
            Splits.state(Set.of("a", "b"), List.of(Splits.named("c")));

    @Provide
    Arbitrary<AmpsEnumState> states() {
        Arbitrary<AmpsSharding> shardings =
                Combinators.combine(
                                Arbitraries.integers().between(2, 1024), SplitStrategies.texts())
                        .as(AmpsSharding::new)
                        .injectNull(0.5)
                        .map(sharding -> sharding == null ? AmpsSharding.NONE : sharding);
        return Combinators.combine(
                        Arbitraries.of(AmpsSubscriptionKind.class),
                        shardings,
                        SplitStrategies.texts().injectNull(0.5),
                        Arbitraries.of(true, false),
                        SplitStrategies.texts().set().ofMaxSize(5),
                        SplitStrategies.splits().list().ofMaxSize(5))
                .as(AmpsEnumState::new);
    }

    @Property
    void everyStateComesBackAsItWas(@ForAll("states") AmpsEnumState state) throws IOException {
        byte[] bytes = SERIALIZER.serialize(state);

        assertThat(SERIALIZER.deserialize(SERIALIZER.getVersion(), bytes)).isEqualTo(state);
    }

    @Property(tries = 5000)
    void damagedBytesAreAStateOrAnIoException(
            @ForAll("states") AmpsEnumState state, @ForAll long seed) throws IOException {
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
            assertThat(e).hasMessageContaining("state of the AMPS source");
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

    @Test
    void modesOfOtherReleasesAreRefused() throws IOException {
        byte[] bytes = SERIALIZER.serialize(STATE);
        bytes[0] = 5;

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("enumerator state of mode 5");
    }

    @Test
    void shardsThatCannotBeAreRefused() throws IOException {
        AmpsEnumState sharded =
                new AmpsEnumState(
                        AmpsSubscriptionKind.BOOKMARK_REPLAY,
                        new AmpsSharding(2, "/id"),
                        null,
                        true,
                        Set.of(),
                        List.of());
        byte[] bytes = SERIALIZER.serialize(sharded);
        ByteBuffer.wrap(bytes).putInt(2, Integer.MAX_VALUE);

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(Integer.MAX_VALUE + " shards");
    }
}
