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

package io.activedataflow.flink.connector.amps.standin.sow;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(10)
class SowTableTest {

    private static final long SECOND = 1_000_000;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static SowRecord row(SowTable table, String key, long now, long seconds) {
        return new SowRecord(key, bytes("x"), now, table.expiry(now, seconds), null, null, null);
    }

    @Test
    void generatedKeyIsUnsignedAndOfDomainAndFieldsOnly() throws Exception {
        SowTable table = new SowTable(SowTopic.keyed("T", "/id", "/b").inDomain("D"));
        SowTable other = new SowTable(SowTopic.keyed("U", "/id", "/b").inDomain("D"));
        SowTable foreign = new SowTable(SowTopic.keyed("U", "/id", "/b"));
        String key = table.key(bytes("{\"id\":1,\"b\":\"x\"}"), "ignored");

        assertThat(Long.toUnsignedString(Long.parseUnsignedLong(key))).isEqualTo(key);
        assertThat(other.key(bytes("{\"b\":\"x\",\"v\":2,\"id\":1}"), null)).isEqualTo(key);
        assertThat(foreign.key(bytes("{\"id\":1,\"b\":\"x\"}"), null)).isNotEqualTo(key);
        // The values are kept apart.
        assertThat(table.key(bytes("{\"id\":11,\"b\":\"2\"}"), null))
                .isNotEqualTo(table.key(bytes("{\"id\":1,\"b\":\"12\"}"), null));
    }

    @Test
    void messageWithoutAKeyIsRefused() {
        SowTable table = new SowTable(SowTopic.keyed("T", "/id"));
        assertThatThrownBy(() -> table.key(bytes("{\"v\":1}"), null)).hasMessage("bad sow key");
        assertThatThrownBy(() -> table.key(bytes("{\"id\":1"), null)).hasMessage("parse error");
        SowTable explicit = new SowTable(SowTopic.explicit("T"));
        assertThatThrownBy(() -> explicit.key(bytes("x"), "a b")).hasMessage("bad sow key");
        assertThatThrownBy(() -> new SowTable(SowTopic.keyed("T", "/id").ofType("binary")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("binary");
    }

    @Test
    void updateBeginsANewLife() {
        SowTable table = new SowTable(SowTopic.explicit("T").expiringAfter(Duration.ofSeconds(10)));
        table.put(row(table, "a", 0, -1));
        table.put(row(table, "b", 0, 3));
        table.put(row(table, "c", 0, 0));
        table.put(row(table, "a", 8 * SECOND, -1));

        assertThat(table.expire(3 * SECOND - 1)).isEmpty();
        assertThat(table.expire(12 * SECOND))
                .singleElement()
                .satisfies(
                        change -> {
                            assertThat(change.before().key()).isEqualTo("b");
                            assertThat(change.cause()).isEqualTo(SowChange.Cause.EXPIRED);
                        });
        assertThat(table.expire(18 * SECOND)).hasSize(1);
        assertThat(table.expire(Long.MAX_VALUE - 1)).isEmpty();
        assertThat(table.records()).extracting(SowRecord::key).containsExactly("c");
        assertThat(table.counts()).isEqualTo(new SowTable.Counts(1, 3, 1, 2));
    }

    @Test
    void historyGoesBackAsFarAsItsWindow() {
        SowTable table =
                new SowTable(
                        SowTopic.explicit("T")
                                .remembering(Duration.ofSeconds(100), Duration.ofSeconds(10)));
        for (int second = 0; second <= 300; second++) {
            table.put(row(table, "k" + second % 7, second * SECOND, -1));
        }
        table.delete("k0", 301 * SECOND, SowChange.Cause.DELETED);
        long now = 302 * SECOND;

        assertThat(table.roundedDown(249 * SECOND)).isEqualTo(240 * SECOND);
        assertThat(table.recordsAt(240 * SECOND, now))
                .hasSize(7)
                .allSatisfy(
                        row ->
                                assertThat(row.timestampMicros())
                                        .isBetween(234 * SECOND, 240 * SECOND));
        assertThat(table.recordsAt(now, now)).isEqualTo(table.records()).hasSize(6);
        assertThat(table.recordsAt(201 * SECOND, now)).isEqualTo(List.of());
    }
}
