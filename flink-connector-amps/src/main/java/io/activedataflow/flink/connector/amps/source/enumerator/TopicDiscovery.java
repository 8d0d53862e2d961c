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

import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.source.LogEnds;
import io.activedataflow.flink.connector.amps.source.LogSnapshot;
import io.activedataflow.flink.connector.amps.source.enumerator.initializer.LogProbe;
import io.activedataflow.flink.connector.amps.source.enumerator.initializer.SplitInitializer;
import io.activedataflow.flink.connector.amps.source.enumerator.subscriber.TopicFinder;
import io.activedataflow.flink.connector.amps.source.enumerator.subscriber.TopicSubscriber;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/**
 * Finds topics, cuts them into shards and fixes their positions. Everything that talks to AMPS on
 * behalf of the enumerator happens here, on its worker thread; {@link #close} comes from the
 * coordinator thread.
 */
@Internal
final class TopicDiscovery implements AutoCloseable {

    private final List<AmpsShard> shards;
    private final TopicSubscriber subscriber;
    private final SplitInitializer initializer;
    private final LogProbe probe;
    private final RetryPolicy findingTopics;
    private final RetryPolicy probing;
    private final Pause pause;

    private volatile Known known = new Known(false, Set.of());
    private long lastRoundNanos;

    /** What the next round starts from. */
    private record Known(boolean initialRoundDone, Set<String> splitIds) {}

    /**
     * @param failures counts attempts that failed and were repeated
     * @param pause is ended when this is closed
     */
    TopicDiscovery(
            AmpsEnumeratorSettings settings,
            AmpsConnectionFactory connections,
            LogEnds logEnds,
            TopicFinder topicFinder,
            Counter failures,
            Pause pause) {
        this.shards = settings.sharding().shards();
        this.subscriber =
                TopicSubscriber.of(
                        settings.selection(),
                        topicFinder,
                        connections.servers().get(0).messageType());
        this.initializer = new SplitInitializer(settings.kind(), settings.start(), settings.stop());
        this.probe =
                new LogProbe(
                        connections, logEnds, settings.clientName(), settings.commandTimeout());
        this.findingTopics = retry(settings, pause, failures, subscriber.servers());
        this.probing = retry(settings, pause, failures, connections.toString());
        this.pause = pause;
    }

    private static RetryPolicy retry(
            AmpsEnumeratorSettings settings, Pause pause, Counter failures, String servers) {
        return new RetryPolicy(
                settings.backoff(), settings.retryDeadline(), pause, failures, servers);
    }

    /** Whether a later round can find what an earlier one did not. Any thread. */
    boolean canFindMore() {
        return subscriber.canChange();
    }

    /**
     * Says what later rounds need not find again. Coordinator thread.
     *
     * @param initialRoundDone whether topics that are new from now on are read from the beginning
     * @param splitIds an immutable or private set
     */
    void setKnown(boolean initialRoundDone, Set<String> splitIds) {
        known = new Known(initialRoundDone, splitIds);
    }

    /**
     * What one round has found.
     *
     * @param initial whether the splits start where the user said, rather than at the beginning
     * @param newSplits the splits that were not known before
     */
    record Round(boolean initial, List<AmpsSplit> newSplits) {}

    /**
     * Looks for topics, unless this was done less than so long ago: rounds that fell due while an
     * earlier one had to wait for the server are not made up for.
     */
    @Nullable
    Round runUnlessWithin(Duration minimumGap) throws InterruptedException {
        return pause.nanoTime() - lastRoundNanos < minimumGap.toNanos() ? null : run();
    }

    /**
     * Looks for topics once. Each step is tried again by itself, so that one failure does not undo
     * the one before it.
     */
    Round run() throws InterruptedException {
        Known now = known;
        boolean initial = !now.initialRoundDone();
        SortedSet<AmpsTopic> topics = findingTopics.call("look for topics", subscriber::discover);
        LogSnapshot log = initial ? logOf(topics) : null;
        List<AmpsSplit> splits = new ArrayList<>();
        for (AmpsTopic topic : topics) {
            for (AmpsShard shard : shards) {
                if (!now.splitIds().contains(AmpsSplit.splitId(topic, shard))) {
                    splits.add(
                            initial
                                    ? initializer.atStart(topic, shard, log)
                                    : initializer.appearedLater(topic, shard));
                }
            }
        }
        lastRoundNanos = pause.nanoTime();
        return new Round(initial, splits);
    }

    /** Where the log ends that holds all of these topics, or null if that does not matter. */
    @Nullable
    private LogSnapshot logOf(SortedSet<AmpsTopic> topics) throws InterruptedException {
        return topics.isEmpty() || !initializer.needsLog()
                ? null
                : probing.call("find the end of the log", () -> probe.ask(topics));
    }

    @Override
    public void close() {
        pause.end();
        probe.close();
    }
}
