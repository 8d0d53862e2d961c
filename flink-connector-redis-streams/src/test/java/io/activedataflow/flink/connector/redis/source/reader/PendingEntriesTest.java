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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RetryIncident;
import io.activedataflow.flink.connector.redis.client.StreamInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class PendingEntriesTest {

    private final PendingEntries pending = new PendingEntries();

    @Test
    void withoutSplitsNothingIsPending() {
        assertThat(pending.sum()).isZero();
    }

    @Test
    void theSumIsUnknownAsLongAsOnePartIs() {
        SplitProgress known = observed("a", 3, 10);
        SplitProgress unknown = split("b", 3);
        pending.add(known);
        assertThat(pending.sum()).isEqualTo(7);
        pending.add(unknown);
        assertThat(pending.sum()).isEqualTo(PendingCount.UNKNOWN);
        pending.remove(unknown);
        assertThat(pending.sum()).isEqualTo(7);
    }

    @Test
    void addsUpAndForgetsWhatIsGone() {
        SplitProgress a = observed("a", 3, 10);
        SplitProgress b = observed("b", 10, 10);
        SplitProgress c = observed("c", 1, 3);
        List.of(a, b, c).forEach(pending::add);
        assertThat(pending.sum()).isEqualTo(9);
        pending.removeAll(List.of(a, b));
        assertThat(pending.sum()).isEqualTo(2);
    }

    private static SplitProgress split(String key, long read) {
        return new SplitProgress(
                ReaderFixture.readTo(key, read + "-0", read),
                new RetryIncident(
                        new ExponentialBackoff(Duration.ofMillis(1), Duration.ofMillis(1), 0),
                        Duration.ofMinutes(1)));
    }

    private static SplitProgress observed(String key, long read, long added) {
        SplitProgress split = split(key, read);
        split.accept(
                new StreamObservation(
                        split.question(false),
                        Optional.of(
                                new StreamInfo(
                                        added,
                                        new StreamEntryId(added, 0),
                                        new StreamEntryId(1, 0),
                                        added,
                                        StreamEntryId.ZERO)),
                        false,
                        OptionalLong.empty(),
                        new RedisNode("h", 1)),
                read);
        return split;
    }
}
