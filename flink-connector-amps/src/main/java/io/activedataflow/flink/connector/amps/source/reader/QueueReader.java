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

import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;
import io.activedataflow.flink.connector.amps.source.split.BookmarkList;
import io.activedataflow.flink.connector.amps.source.split.CoveredMessagesEvent;
import io.activedataflow.flink.connector.amps.source.split.KindState;
import io.activedataflow.flink.connector.amps.source.split.LeasesAcknowledgedEvent;
import io.activedataflow.flink.connector.amps.source.split.QueuesOpenEvent;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static java.util.stream.Collectors.toSet;

/**
 * The part of a reader that only queues need. Before anything is subscribed to, what the reader was
 * restored with is acknowledged, and the enumerator is told; all splits are held back until it says
 * that all readers have done the same. From then on, what a completed checkpoint covers is
 * acknowledged. Task thread only.
 */
@Internal
final class QueueReader {

    /** For how many completed checkpoints what was restored stays in the state. */
    static final int CHECKPOINTS_TO_REMEMBER = 10;

    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SubscriptionContext context;
    private final Consumer<SourceEvent> toEnumerator;
    private final CompletableFuture<Void> attempted = new CompletableFuture<>();

    /**
     * What was restored. A queue may ignore the acknowledgement of what is not leased, so it stays
     * in the state until the queue has had time to deliver it again.
     */
    private final List<AmpsSplit> restored = new ArrayList<>();

    private final List<AmpsSplit> held = new ArrayList<>();
    private @Nullable RestoredLeases acknowledging;
    private boolean reported;
    private boolean open;
    private int checkpointsSinceOpen;

    /**
     * @param toEnumerator sends events
     */
    QueueReader(SubscriptionContext context, Consumer<SourceEvent> toEnumerator) {
        this.context = context;
        this.toEnumerator = toEnumerator;
    }

    /**
     * Splits from a checkpoint.
     *
     * @param all whatever the checkpoint has
     * @param kept those of them to be read on
     */
    void restore(List<AmpsSplit> all, List<AmpsSplit> kept) {
        all.stream().filter(split -> !leasesOf(split).isEmpty()).forEach(restored::add);
        for (AmpsSplit split : kept) {
            // Two readers of before may both have known it.
            if (held.stream().noneMatch(other -> other.splitId().equals(split.splitId()))) {
                held.add(split.withKindState(KindState.Unacknowledged.NONE));
            }
        }
    }

    /** The reader starts; nothing more will be restored. */
    void start() {
        acknowledging =
                new RestoredLeases(
                        leasesOf(restored),
                        held.stream().map(split -> split.topic().name()).collect(toSet()),
                        context,
                        () -> attempted.complete(null));
        if (acknowledging.byQueue().isEmpty()) {
            report();
        } else {
            context.acknowledger().run(acknowledging);
        }
    }

    private static Map<String, BookmarkList> leasesOf(List<AmpsSplit> splits) {
        Map<String, List<BookmarkList>> lists = new LinkedHashMap<>();
        for (AmpsSplit split : splits) {
            lists.computeIfAbsent(split.topic().name(), queue -> new ArrayList<>())
                    .add(leasesOf(split));
        }
        Map<String, BookmarkList> byQueue = new LinkedHashMap<>();
        lists.forEach((queue, some) -> byQueue.put(queue, BookmarkList.concat(some)));
        return byQueue;
    }

    /** Splits from the enumerator: those that may be read now, none while they are held back. */
    List<AmpsSplit> assign(List<AmpsSplit> splits) {
        if (open) {
            return splits;
        }
        held.addAll(splits);
        return List.of();
    }

    /** Completes when there are messages, or {@link #advance} has something to do. */
    CompletableFuture<Void> isAvailable(CompletableFuture<Void> messages) {
        return reported || messages.isDone()
                ? messages
                : CompletableFuture.anyOf(messages, attempted).thenApply(any -> null);
    }

    /** Does what has become due; fails if something cannot be acknowledged. */
    void advance() {
        if (reported || acknowledging == null) {
            return;
        }
        if (acknowledging.failure() != null) {
            throw acknowledging.failure();
        }
        if (acknowledging.isDone()) {
            report();
        }
    }

    private void report() {
        reported = true;
        acknowledging.byQueue().forEach(this::reportCovered);
        toEnumerator.accept(new LeasesAcknowledgedEvent());
    }

    private void reportCovered(String queue, BookmarkList all) {
        for (int from = 0; from < all.size(); from += CoveredMessagesEvent.MOST) {
            int to = Math.min(all.size(), from + CoveredMessagesEvent.MOST);
            toEnumerator.accept(new CoveredMessagesEvent(queue, all.part(from, to)));
        }
    }

    /**
     * Takes an event from the enumerator.
     *
     * @return the splits that may be read from now on; null if the event is none of these
     */
    @Nullable
    List<AmpsSplit> handle(SourceEvent event) {
        if (event instanceof CoveredMessagesEvent covered) {
            context.queues().addCovered(covered);
            return List.of();
        }
        if (event instanceof QueuesOpenEvent) {
            open = true;
            List<AmpsSplit> released = List.copyOf(held);
            held.clear();
            return released;
        }
        return null;
    }

    // ------------------------------------------------------------------------ checkpoints

    /** A split is about to be read. */
    void begin(AmpsSplit split, AmpsSplitState state) {
        KindOptions.Queue options = (KindOptions.Queue) context.options().kindOptions();
        context.queues()
                .put(
                        split.splitId(),
                        new SplitLeases(
                                split.topic().name(),
                                options.ackBatchSize(),
                                state.leases(),
                                context.metrics()::acknowledged,
                                context.metrics()::errorRetried));
    }

    /**
     * What a checkpoint holds.
     *
     * @param reading the splits that are being read
     */
    List<AmpsSplit> toState(List<AmpsSplit> reading) {
        Map<String, AmpsSplit> splits = new LinkedHashMap<>();
        reading.forEach(split -> splits.put(split.splitId(), split));
        held.forEach(split -> splits.put(split.splitId(), split));
        for (AmpsSplit split : restored) {
            splits.merge(split.splitId(), split, QueueReader::withLeasesOfBoth);
        }
        return List.copyOf(splits.values());
    }

    private static AmpsSplit withLeasesOfBoth(AmpsSplit split, AmpsSplit other) {
        return split.withKindState(
                new KindState.Unacknowledged(
                        BookmarkList.concat(List.of(leasesOf(other), leasesOf(split)))));
    }

    private static BookmarkList leasesOf(AmpsSplit split) {
        return split.kindState() instanceof KindState.Unacknowledged state
                ? state.bookmarks()
                : BookmarkList.EMPTY;
    }

    /** A checkpoint is about to be taken. */
    void checkpoint(long checkpointId, AmpsSplitState state, String splitId) {
        state.leases().acknowledged(context.queues().get(splitId).acknowledged());
        state.leases().checkpoint(checkpointId);
    }

    /** A checkpoint has completed; before {@link #completed} for each split. */
    void checkpointCompleted() {
        if (open && ++checkpointsSinceOpen >= CHECKPOINTS_TO_REMEMBER) {
            restored.clear();
        }
    }

    /** A checkpoint has completed. */
    void completed(long checkpointId, AmpsSplitState state, String splitId) {
        SplitLeases leases = context.queues().get(splitId);
        leases.due(state.leases().completed(checkpointId));
        leases.checkpointCompleted(System.nanoTime());
        context.acknowledger().send(leases);
    }

    /** Sends what is due, and waits for the answers; for two seconds at most. */
    void close() throws InterruptedException {
        if (acknowledging != null) {
            acknowledging.cancel();
        }
        context.acknowledger().close();
        long deadline = System.nanoTime() + ANSWER_NANOS;
        for (SplitLeases leases : context.queues().all()) {
            leases.awaitAnswers(deadline);
        }
    }
}
