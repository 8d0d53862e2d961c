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

package io.activedataflow.flink.connector.recordfile.source.split;

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;

import org.apache.flink.core.fs.Path;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileSplitSerializerTest {

    private static final RecordFileSplitSerializer SERIALIZER = RecordFileSplitSerializer.INSTANCE;

    private static final RecordFileSplit SPLIT = split("/data/x.csv", "key");

    private static RecordFileSplit split(String path, String key) {
        return new RecordFileSplit(
                "id-7",
                new Path(path),
                10,
                20,
                Kind.READ_CUT,
                new RecordFileIdentity(100, 5, 3, 9),
                RecordFilePosition.at(12, 1, 2),
                4,
                key,
                "host-1",
                "host-2");
    }

    @Provide
    Arbitrary<RecordFileSplit> splits() {
        return SplitStrategies.splits();
    }

    @Property
    void everySplitComesBackAsItWas(@ForAll("splits") RecordFileSplit split) throws IOException {
        byte[] bytes = SERIALIZER.serialize(split);
        RecordFileSplit restored = SERIALIZER.deserialize(SERIALIZER.getVersion(), bytes);

        assertThat(restored).isEqualTo(split);
        assertThat(restored.hostnames()).isEqualTo(split.hostnames());
        assertThat(restored.getReaderPosition()).isEqualTo(split.getReaderPosition());
    }

    @Test
    void aKeyMayBeLongerThan64Kilobytes() throws IOException {
        RecordFileSplit split = split("/data/x.csv", "ä".repeat(100_000));

        assertThat(SERIALIZER.deserialize(1, SERIALIZER.serialize(split))).isEqualTo(split);
    }

    @Property(tries = 5000)
    void damagedBytesAreASplitOrAnIoException(
            @ForAll("splits") RecordFileSplit split, @ForAll long seed) throws IOException {
        restoreOrFail(SplitStrategies.damage(SERIALIZER.serialize(split), seed));
    }

    @Property
    void anyBytesAreASplitOrAnIoException(@ForAll byte[] bytes) {
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
    void anUnknownKindIsRefused() throws IOException {
        byte[] bytes = SERIALIZER.serialize(SPLIT);
        bytes[1] = 3;

        assertThatThrownBy(() -> SERIALIZER.deserialize(1, bytes))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kind 3");
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
    void aKeyWithoutUtf8FormIsNotTurnedIntoAnother() {
        assertThatThrownBy(() -> SERIALIZER.serialize(split("/data/x.csv", "\ud800")))
                .isInstanceOf(IOException.class);
    }
}
