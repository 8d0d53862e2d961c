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
import io.activedataflow.flink.connector.amps.source.AmpsTopicSelection;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.CoveredMessagesEvent;
import io.activedataflow.flink.connector.amps.source.split.LeasesAcknowledgedEvent;
import io.activedataflow.flink.connector.amps.source.split.QueuesOpenEvent;
import io.activedataflow.flink.connector.amps.source.split.RestoredSplitsEvent;

import org.apache.flink.api.connector.source.SourceEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** When readers may subscribe to queues, and to which of them splits go. */
@Timeout(60)
class QueueGateTest {

    private static final CoveredMessagesEvent COVERED =
            new CoveredMessagesEvent("jobs", BookmarkList.of(5, 1));
    private static final CoveredMessagesEvent OTHERS =
            new CoveredMessagesEvent("jobs", BookmarkList.of(5, 2));

    private final EnumeratorFixture job = new EnumeratorFixture();

    QueueGateTest() {
        job.kind = AmpsSubscriptionKind.QUEUE;
        job.selection = AmpsTopicSelection.topics("jobs");
    }

    // ------------------------------------------------------------------------ gate

    @Test
    void nobodyMaySubscribeBeforeAllHaveAcknowledged() {
        AmpsSourceEnumerator enumerator = started();
        acknowledged(enumerator, 0, COVERED);
        assertThat(sent(0)).isEmpty();
        assertThat(sent(1)).isEmpty();
        acknowledged(enumerator, 1, OTHERS);

        assertThat(sent(0)).containsExactly(COVERED, OTHERS, new QueuesOpenEvent());
        assertThat(sent(1)).containsExactly(COVERED, OTHERS, new QueuesOpenEvent());
    }

    @Test
    void aReaderThatFailsBeforeIsWaitedForAgain() {
        AmpsSourceEnumerator enumerator = started();
        acknowledged(enumerator, 0);
        job.coordinator.fail(0, enumerator);
        job.coordinator.register(0, enumerator);
        acknowledged(enumerator, 1);
        assertThat(sent(1)).isEmpty();
        acknowledged(enumerator, 0);

        assertThat(sent(0)).containsExactly(new QueuesOpenEvent());
        assertThat(sent(1)).containsExactly(new QueuesOpenEvent());
    }

    /** The others have leases that go on; they are just told what must not be emitted twice. */
    @Test
    void aReaderThatFailsLaterWaitsForItselfOnly() {
        AmpsSourceEnumerator enumerator = started();
        acknowledged(enumerator, 0);
        acknowledged(enumerator, 1);
        job.coordinator.fail(1, enumerator);
        job.coordinator.register(1, enumerator);
        assertThat(sent(1)).containsExactly(new QueuesOpenEvent());
        acknowledged(enumerator, 1, COVERED);

        assertThat(sent(0)).containsExactly(new QueuesOpenEvent(), COVERED);
        assertThat(sent(1)).endsWith(COVERED, new QueuesOpenEvent()).hasSizeGreaterThan(2);
    }

    /** All tasks of a job fail together, and the enumerator stays as it is. */
    @Test
    void readersThatFailTogetherWaitForEachOther() {
        AmpsSourceEnumerator enumerator = started();
        acknowledged(enumerator, 0);
        acknowledged(enumerator, 1);
        job.coordinator.fail(0, enumerator);
        job.coordinator.fail(1, enumerator);
        job.coordinator.register(0, enumerator);
        acknowledged(enumerator, 0);
        job.coordinator.register(1, enumerator);
        assertThat(sent(0)).containsExactly(new QueuesOpenEvent());
        acknowledged(enumerator, 1, COVERED);

        assertThat(sent(0)).containsExactly(new QueuesOpenEvent(), COVERED, new QueuesOpenEvent());
        assertThat(sent(1)).containsExactly(new QueuesOpenEvent(), COVERED, new QueuesOpenEvent());
    }

    @Test
    void reportingTwiceIsHarmless() {
        AmpsSourceEnumerator enumerator = started();
        acknowledged(enumerator, 0);
        acknowledged(enumerator, 0);

        assertThat(sent(0)).isEmpty();
    }

    // ------------------------------------------------------------------------ splits

    @Test
    void asManySubscriptionsAsSubtasks() {
        started();

        assertThat(Splits.ids(job.coordinator.allAssigned()))
                .containsExactlyInAnyOrder("jobs@0/2", "jobs@1/2");
        assertThat(job.coordinator.assignedTo(0)).hasSize(1);
    }

    @Test
    void asManyAsTheUserSays() {
        job.sharding = AmpsSharding.competing(3);
        started();

        assertThat(Splits.ids(job.coordinator.allAssigned()))
                .containsExactlyInAnyOrder("jobs@0/3", "jobs@1/3", "jobs@2/3");
    }

    @Test
    void oneIsTheTopicItself() {
        job.sharding = AmpsSharding.competing(1);
        started();

        assertThat(Splits.ids(job.coordinator.allAssigned())).containsExactly("jobs");
    }

    @Test
    void anotherParallelismMakesAllSubscriptionsAnew() throws Exception {
        AmpsSourceEnumerator before = started();
        AmpsEnumState state = through(before.snapshotState(1));
        AmpsSourceEnumerator enumerator = job.restored(state, 3);
        job.coordinator.runNow();
        for (int subtask = 0; subtask < 3; subtask++) {
            job.coordinator.register(subtask, enumerator);
            enumerator.handleSourceEvent(subtask, new RestoredSplitsEvent(List.of()));
        }

        assertThat(Splits.ids(job.coordinator.allAssigned()))
                .containsExactlyInAnyOrder("jobs@0/3", "jobs@1/3", "jobs@2/3");
        assertThat(enumerator.snapshotState(2).assignedSplitIds())
                .containsExactlyInAnyOrder("jobs@0/3", "jobs@1/3", "jobs@2/3");
    }

    @Test
    void theSameParallelismLeavesThemWithTheReaders() throws Exception {
        AmpsSourceEnumerator before = started();
        AmpsEnumState state = through(before.snapshotState(1));
        AmpsSourceEnumerator enumerator = job.restored(state, 2);
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        enumerator.handleSourceEvent(0, new RestoredSplitsEvent(List.of("jobs@0/2", "jobs@1/2")));
        enumerator.handleSourceEvent(1, new RestoredSplitsEvent(List.of()));

        assertThat(job.coordinator.allAssigned()).isEmpty();
    }

    private static AmpsEnumState through(AmpsEnumState state) throws Exception {
        AmpsEnumStateSerializer serializer = AmpsEnumStateSerializer.INSTANCE;
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(state));
    }

    private AmpsSourceEnumerator started() {
        AmpsSourceEnumerator enumerator = job.started();
        job.coordinator.runNow();
        job.coordinator.register(0, enumerator);
        job.coordinator.register(1, enumerator);
        return enumerator;
    }

    private static void acknowledged(
            AmpsSourceEnumerator enumerator, int subtask, CoveredMessagesEvent... covered) {
        for (CoveredMessagesEvent event : covered) {
            enumerator.handleSourceEvent(subtask, event);
        }
        enumerator.handleSourceEvent(subtask, new LeasesAcknowledgedEvent());
    }

    private List<SourceEvent> sent(int subtask) {
        return job.coordinator.getSentEvents().getOrDefault(subtask, List.of());
    }
}
