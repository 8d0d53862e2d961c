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

import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.client.ExponentialBackoff;
import io.activedataflow.flink.connector.redis.client.FakeDataPlane.Request;
import io.activedataflow.flink.connector.redis.client.FakeRedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RetryIncident;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static io.activedataflow.flink.connector.redis.source.reader.ReaderFixture.fresh;
import static org.assertj.core.api.Assertions.assertThat;

/** Both planners, with a channel to a Redis in memory. */
@Timeout(60)
class ReadPlannerTest {

    private static final RedisNode NODE = FakeRedisStreamsClient.MASTER;
    private static final RedisNode OTHER = new RedisNode("other", 6380);
    private static final int TARGET_BYTES = 4096;

    private final FakeRedisStreamsClient redis = FakeRedisStreamsClient.modern();
    private final ReaderFixture job = new ReaderFixture(redis);
    private final List<SplitProgress> splits = new ArrayList<>();
    private NodeChannel channel;

    private void open() {
        job.targetBytes = TARGET_BYTES;
        channel = new NodeChannel(NODE, new EntryBufferPool(TARGET_BYTES), job.options());
        channel.opened(redis.connect(NODE, false));
    }

    private SplitProgress add(String key) {
        SplitProgress split =
                new SplitProgress(
                        fresh(key),
                        new RetryIncident(
                                new ExponentialBackoff(
                                        Duration.ofMillis(1), Duration.ofMillis(1), 0),
                                Duration.ofMinutes(1)));
        split.readFrom(NODE);
        splits.add(split);
        return split;
    }

    private List<Request> send(ReadPlanner planner) {
        int before = redis.dataPlane().requests().size();
        planner.send(channel, splits, System.nanoTime());
        return redis.dataPlane().requests().subList(before, redis.dataPlane().requests().size());
    }

    /** Takes in all replies and moves the positions. */
    private void receive() {
        while (channel.isWaiting()) {
            channel.receive(1);
        }
        EntryBuffer buffer = channel.buffer();
        for (int section = 0; section < buffer.sectionCount(); section++) {
            int last = buffer.sectionEnd(section) - 1;
            buffer.sectionStream(section)
                    .moveTo(buffer.idMilliseconds(last), buffer.idSequence(last));
        }
        splits.forEach(split -> split.setInFlightOn(null));
        if (buffer.entryCount() > 0) {
            channel.handedOn();
        } else {
            channel.nothingToHandOn();
        }
    }

    /** A stream that is silent for days must not use up memory, nor make its entries look large. */
    @Test
    void whatEmptyRepliesConsistOfIsNotKept() {
        open();
        ReadPlanner planner = new MultiKeyReadPlanner(50);
        add("a");
        int count = 0;
        for (int i = 0; i < 2 * TARGET_BYTES; i++) {
            List<Request> requests = send(planner);
            count = requests.get(0).count();
            receive();
            assertThat(channel.isFull(TARGET_BYTES)).isFalse();
        }
        assertThat(channel.buffer().filled()).isZero();
        redis.add("a", "1-0");
        send(planner);
        receive();

        assertThat(send(planner).get(0).count()).isGreaterThanOrEqualTo(count);
    }

    // ------------------------------------------------------------------------ multi-key

    @Test
    void withoutStreamsNothingIsSent() {
        open();
        assertThat(send(new MultiKeyReadPlanner(50))).isEmpty();
        assertThat(send(new PipelinedReadPlanner())).isEmpty();
        assertThat(channel.isWaiting()).isFalse();
    }

    @Test
    void streamsOfOtherNodesAndStreamsThatMayNotBeReadAreLeftOut() {
        open();
        add("a");
        add("moved").verifyAgain();
        splits.get(1).readFrom(OTHER);
        add("paused").setPaused(true);
        add("waiting").waitUntil(System.nanoTime());
        add("unverified").verifyAgain();
        add("resting").notBefore(System.nanoTime() + Duration.ofHours(1).toNanos());

        assertThat(send(new MultiKeyReadPlanner(50)))
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.streams()).containsExactly("a@0-0");
                            assertThat(request.blockMillis()).isEqualTo(50);
                        });
        assertThat(splits.get(0).isInFlightOn(NODE)).isTrue();
        receive();
        assertThat(send(new PipelinedReadPlanner()))
                .flatExtracting(Request::streams)
                .containsExactly("a@0-0");
    }

    @Test
    void streamsOfLargeEntriesTakeTurnsUntilAllHaveRunDry() {
        open();
        ReadPlanner planner = new MultiKeyReadPlanner(50);
        redis.dataPlane().entryBytes(TARGET_BYTES / 2);
        for (String key : List.of("a", "b", "c", "d", "e")) {
            redis.add(key, "1-0", "2-0");
            add(key);
        }
        assertThat(send(planner)).as("nothing is known of sizes yet").hasSize(1);
        receive();
        List<Request> turns = new ArrayList<>();
        while (turns.isEmpty() || turns.get(turns.size() - 1).blockMillis() < 0) {
            turns.addAll(List.copyOf(send(planner)));
            receive();
            assertThat(turns).hasSizeLessThan(20);
        }

        List<Request> nonBlocking = turns.subList(0, turns.size() - 1);
        assertThat(nonBlocking)
                .allSatisfy(
                        request -> {
                            assertThat(request.streams()).hasSize(2);
                            assertThat(request.count()).isEqualTo(1);
                        });
        assertThat(nonBlocking.subList(0, 3))
                .as("each has had its turn")
                .flatExtracting(Request::streams)
                .extracting(stream -> stream.substring(0, 1))
                .containsAll(Set.of("a", "b", "c", "d", "e"));
        assertThat(turns.get(turns.size() - 1).streams())
                .as("all have run dry")
                .containsExactly("a@2-0", "b@2-0", "c@2-0", "d@2-0", "e@2-0");
    }

    @Test
    void turnsGoOnAfterAnyNumberOfReads() {
        open();
        channel.sizer().onReply(TARGET_BYTES, 2);
        add("a");
        add("b");
        add("c");
        channel.rotate(Integer.MAX_VALUE);
        for (int i = 0; i < 4; i++) {
            channel.rotate(Integer.MAX_VALUE / 2);
            assertThat(send(new MultiKeyReadPlanner(50))).hasSize(1);
            while (channel.isWaiting()) {
                channel.receive(1);
            }
        }
    }

    // ------------------------------------------------------------------------ pipelined

    @Test
    void eachStreamIsAskedForByItselfAndNoneBlocks() {
        open();
        add("a");
        add("b");

        assertThat(send(new PipelinedReadPlanner()))
                .hasSize(2)
                .allSatisfy(
                        request -> {
                            assertThat(request.streams()).hasSize(1);
                            assertThat(request.blockMillis()).isNegative();
                            assertThat(request.asking()).isFalse();
                        });
    }

    @Test
    void streamsUnderWayAndIdleStreamsAreLeftOut() {
        open();
        add("a");
        add("underway").setInFlightOn(OTHER);
        add("idle").notBefore(System.nanoTime() + Duration.ofHours(1).toNanos());

        assertThat(send(new PipelinedReadPlanner()))
                .flatExtracting(Request::streams)
                .containsExactly("a@0-0");
    }

    @Test
    void aStreamIsAskedForElsewhereOnceAndNotAtHomeMeanwhile() {
        open();
        SplitProgress here = add("here");
        here.setAskNode(OTHER);
        SplitProgress there = add("there");
        there.verifyAgain();
        there.readFrom(OTHER);
        there.setAskNode(NODE);

        assertThat(send(new PipelinedReadPlanner()))
                .singleElement()
                .satisfies(
                        request -> {
                            assertThat(request.streams()).containsExactly("there@0-0");
                            assertThat(request.asking()).isTrue();
                        });
        assertThat(there.askNode()).isNull();
        assertThat(here.askNode()).isEqualTo(OTHER);
    }

    // ------------------------------------------------------------------------ progress

    @Test
    void aReadUnderWayElsewhereIsNotHarmedByTheLossOfTheHomeNode() {
        SplitProgress split = add("a");
        assertThat(split.dependsOn(NODE)).isTrue();
        split.setInFlightOn(OTHER);
        assertThat(split.dependsOn(NODE)).isFalse();
        assertThat(split.dependsOn(OTHER)).isTrue();
        split.setInFlightOn(null);
        split.setAskNode(OTHER);
        assertThat(split.dependsOn(OTHER)).isTrue();
        split.verifyAgain();
        assertThat(split.dependsOn(NODE)).as("it is looked for anyway").isFalse();
        assertThat(split.askNode()).isNull();
    }

    @Test
    void expectsAtLeastAnEighthOfTheStreamsToBeBusy() {
        assertThat(ReadPlanner.expectedBusy(0, 5)).isZero();
        assertThat(ReadPlanner.expectedBusy(100, 1)).isEqualTo(13);
        assertThat(ReadPlanner.expectedBusy(100, 40)).isEqualTo(40);
        assertThat(ReadPlanner.expectedBusy(3, Integer.MAX_VALUE)).isEqualTo(3);
    }
}
