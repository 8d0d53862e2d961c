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

package io.activedataflow.flink.connector.redis.source.enumerator;

import io.activedataflow.flink.connector.redis.client.RedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClientFactory;
import io.activedataflow.flink.connector.redis.source.enumerator.initializer.SplitInitializer;
import io.activedataflow.flink.connector.redis.source.enumerator.subscriber.DiscoveredStream;
import io.activedataflow.flink.connector.redis.source.enumerator.subscriber.RedisStreamsSubscriber;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;

import org.apache.flink.annotation.Internal;
import org.apache.flink.metrics.Counter;

import javax.annotation.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds streams and fixes their positions. Everything that talks to Redis on behalf of the
 * enumerator happens here, on its worker thread; {@link #close} comes from the coordinator thread.
 */
@Internal
final class StreamDiscovery implements AutoCloseable {

    private final RedisStreamsClientFactory clientFactory;
    private final RedisStreamsSubscriber subscriber;
    private final SplitInitializer initializer;
    private final RetryPolicy retry;
    private final Pause pause;

    private final AtomicReference<RedisStreamsClient> client = new AtomicReference<>();
    private volatile boolean closed;
    private volatile Known known = new Known(false, Set.of());
    private long lastRoundNanos;

    /** What the next round starts from. */
    private record Known(boolean initialRoundDone, Set<String> splitIds) {}

    /**
     * @param failures counts attempts that failed and were repeated
     * @param pause is ended when this is closed
     */
    StreamDiscovery(
            RedisStreamsEnumeratorSettings settings,
            RedisStreamsClientFactory clientFactory,
            Counter failures,
            Pause pause) {
        this.clientFactory = clientFactory;
        this.subscriber = RedisStreamsSubscriber.of(settings.selection());
        this.initializer =
                new SplitInitializer(settings.start(), settings.stop(), settings.group());
        this.retry =
                new RetryPolicy(
                        settings.backoff(),
                        settings.retryDeadline(),
                        pause,
                        failures,
                        clientFactory.toString());
        this.pause = pause;
    }

    /** Whether a later round can find what an earlier one did not. Any thread. */
    boolean canFindMore() {
        return subscriber.canChange();
    }

    /**
     * Says what later rounds need not find again. Coordinator thread.
     *
     * @param initialRoundDone whether streams that are new from now on are read from the beginning
     * @param splitIds an immutable or private set
     */
    void setKnown(boolean initialRoundDone, Set<String> splitIds) {
        known = new Known(initialRoundDone, splitIds);
    }

    /**
     * What one round has found.
     *
     * @param initial whether the splits start where the user said, rather than at the beginning
     * @param newSplits a split for each stream that was not known before
     */
    record Round(boolean initial, List<RedisStreamsSplit> newSplits) {}

    /**
     * Asks for streams, unless this was done less than so long ago: rounds that fell due while an
     * earlier one had to wait for the server are not made up for.
     */
    @Nullable
    Round runUnlessWithin(Duration minimumGap) throws InterruptedException {
        return pause.nanoTime() - lastRoundNanos < minimumGap.toNanos() ? null : run();
    }

    /**
     * Asks for streams once. Each step is tried again by itself, so that one failure does not undo
     * the positions fixed before it.
     */
    Round run() throws InterruptedException {
        Known now = known;
        boolean initial = !now.initialRoundDone();
        Set<DiscoveredStream> streams =
                retry.call("look for streams", () -> subscriber.discover(client()));
        List<RedisStreamsSplit> splits = new ArrayList<>();
        for (DiscoveredStream stream : streams) {
            if (!now.splitIds().contains(stream.key())) {
                splits.add(initial ? atStart(stream) : initializer.appearedLater(stream));
            }
        }
        lastRoundNanos = pause.nanoTime();
        return new Round(initial, splits);
    }

    private RedisStreamsSplit atStart(DiscoveredStream stream) throws InterruptedException {
        return retry.call(
                "find the start of the stream '" + stream.key() + "'",
                () -> initializer.atStart(client(), stream));
    }

    private RedisStreamsClient client() {
        RedisStreamsClient current = client.get();
        if (current == null) {
            requireOpen();
            current = clientFactory.create();
            client.set(current);
            // close() may have run meanwhile. Whichever thread looks second closes the client.
            requireOpen();
        }
        return current;
    }

    private void requireOpen() {
        if (closed) {
            close();
            throw new CancellationException("The source is being closed.");
        }
    }

    @Override
    public void close() {
        closed = true;
        pause.end();
        RedisStreamsClient current = client.getAndSet(null);
        if (current != null) {
            current.close();
        }
    }
}
