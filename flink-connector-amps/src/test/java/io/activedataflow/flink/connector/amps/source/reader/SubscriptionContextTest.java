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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SubscriptionContextTest {

    private final SubscriptionContext context =
            new SubscriptionContext(null, null, null, null, null, null, null, "reader");

    /** Of two connections of one name the server would cut the older, again and again. */
    @Test
    void connectionsOfDifferentSplitsHaveDifferentNames() {
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(context.clientName(split("Aa"), 0))
                .isNotEqualTo(context.clientName(split("BB"), 0));
    }

    @Test
    void connectionsOfDifferentAttemptsHaveDifferentNames() {
        assertThat(context.clientName(split("Aa"), 0))
                .isNotEqualTo(context.clientName(split("Aa"), 1));
        assertThat(SubscriptionContext.readerName("flink", 0))
                .isNotEqualTo(SubscriptionContext.readerName("flink", 0));
    }

    private static AmpsSplit split(String topic) {
        return new AmpsSplit(
                AmpsTopic.literal(topic),
                AmpsShard.WHOLE,
                AmpsSubscriptionKind.BOOKMARK_REPLAY,
                "0",
                ReplayPosition.NONE,
                null,
                AmpsSplit.UNLIMITED,
                null);
    }
}
