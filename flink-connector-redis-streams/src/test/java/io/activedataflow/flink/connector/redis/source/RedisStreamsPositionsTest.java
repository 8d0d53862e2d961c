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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RedisStreamsPositionsTest {

    private static final Map<String, StreamEntryId> IDS =
            Map.of("b", new StreamEntryId(5, 0), "a", new StreamEntryId(-1, -1));

    @Test
    void positionsReadWell() {
        assertThat(RedisStreamsStartPosition.earliest()).hasToString("earliest");
        assertThat(RedisStreamsStartPosition.latest()).hasToString("latest");
        assertThat(RedisStreamsStartPosition.timestamp(Instant.ofEpochMilli(7)))
                .hasToString("timestamp 7");
        assertThat(RedisStreamsStartPosition.afterIds(IDS))
                .hasToString(
                        "after IDs {a=18446744073709551615-18446744073709551615, b=5-0},"
                                + " otherwise earliest");
        assertThat(RedisStreamsStartPosition.committed()).hasToString("committed cursor");
        assertThat(RedisStreamsStartPosition.committed(RedisStreamsStartPosition.latest()))
                .hasToString("committed cursor, otherwise latest");
        assertThat(RedisStreamsStopPosition.never()).hasToString("never");
        assertThat(RedisStreamsStopPosition.latest()).hasToString("latest at start");
        assertThat(RedisStreamsStopPosition.timestamp(7)).hasToString("timestamp 7");
        assertThat(RedisStreamsStopPosition.ids(Map.of("b", new StreamEntryId(5, 0))))
                .hasToString("IDs {b=5-0}");
    }

    @Test
    void positionsAreEqualByValueAlsoAfterATrip() throws Exception {
        for (Serializable position :
                List.of(
                        RedisStreamsStartPosition.earliest(),
                        RedisStreamsStartPosition.latest(),
                        RedisStreamsStartPosition.timestamp(7),
                        RedisStreamsStartPosition.afterIds(IDS),
                        RedisStreamsStartPosition.committed(),
                        RedisStreamsStopPosition.never(),
                        RedisStreamsStopPosition.latest(),
                        RedisStreamsStopPosition.timestamp(7),
                        RedisStreamsStopPosition.ids(IDS))) {
            assertThat((Object) InstantiationUtil.clone(position))
                    .isEqualTo(position)
                    .hasSameHashCodeAs(position);
        }
        assertThat(RedisStreamsStartPosition.timestamp(7))
                .isNotEqualTo(RedisStreamsStartPosition.timestamp(8));
    }

    @Test
    void onlyNeverIsUnbounded() {
        assertThat(RedisStreamsStopPosition.never().isBounded()).isFalse();
        assertThat(RedisStreamsStopPosition.latest().isBounded()).isTrue();
        assertThat(RedisStreamsStopPosition.timestamp(0).isBounded()).isTrue();
        assertThat(RedisStreamsStopPosition.ids(IDS).isBounded()).isTrue();
    }

    @Test
    void aCommittedStartNeedsAGroupAlsoAsAFallback() {
        assertThat(RedisStreamsStartPosition.committed().needsGroup()).isTrue();
        assertThat(
                        RedisStreamsStartPosition.afterIds(
                                        IDS, RedisStreamsStartPosition.committed())
                                .needsGroup())
                .isTrue();
        assertThat(RedisStreamsStartPosition.afterIds(IDS).needsGroup()).isFalse();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Map<String, StreamEntryId> withoutId = new HashMap<>();
        withoutId.put("a", null);

        assertThatThrownBy(() -> RedisStreamsStartPosition.timestamp(-1))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> RedisStreamsStopPosition.timestamp(Instant.ofEpochMilli(-1)))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> RedisStreamsStartPosition.afterIds(withoutId))
                .hasMessageContaining("no ID for the stream 'a'");
        assertThatThrownBy(() -> RedisStreamsStartPosition.committed(null))
                .isInstanceOf(NullPointerException.class);
    }
}
