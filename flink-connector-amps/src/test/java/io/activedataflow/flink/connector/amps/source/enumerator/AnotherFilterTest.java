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

import org.apache.flink.testutils.logging.LoggerAuditingExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.event.Level;

import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said of a state that was read with another content filter. */
@Timeout(10)
class AnotherFilterTest {

    @RegisterExtension
    final LoggerAuditingExtension log =
            new LoggerAuditingExtension(RestoredState.class, Level.WARN);

    private final EnumeratorFixture job = new EnumeratorFixture();

    @ParameterizedTest
    @CsvSource({
        "BOOKMARK_REPLAY, before the restored positions",
        "LIVE, published from now on",
        "SOW, those that only the old filter lets through stay",
        "SOW_AND_SUBSCRIBE, unless setTrackKeys",
    })
    void whatItMeansDependsOnTheKind(AmpsSubscriptionKind kind, String effect) {
        restore(kind, "/id > 7");

        assertThat(log.getMessages())
                .singleElement()
                .asString()
                .contains(effect, "was /id > 5 and is now /id > 7");
    }

    @ParameterizedTest
    @CsvSource({"BOOKMARK_REPLAY", "LIVE", "SOW", "SOW_AND_SUBSCRIBE", "QUEUE"})
    void theSameFilterIsNotWorthAWord(AmpsSubscriptionKind kind) {
        restore(kind, "/id > 5");

        assertThat(log.getMessages()).isEmpty();
    }

    @Test
    void aQueueStillHasWhatTheOldFilterDidNotLetThrough() {
        restore(AmpsSubscriptionKind.QUEUE, "/id > 7");

        assertThat(log.getMessages()).isEmpty();
    }

    private void restore(AmpsSubscriptionKind kind, String filter) {
        job.kind = kind;
        job.filter = filter;
        job.sharding =
                kind == AmpsSubscriptionKind.QUEUE ? AmpsSharding.competing(1) : AmpsSharding.NONE;
        job.restored(
                new AmpsEnumState(kind, job.sharding, "/id > 5", true, Set.of("a"), List.of()), 1);
    }
}
