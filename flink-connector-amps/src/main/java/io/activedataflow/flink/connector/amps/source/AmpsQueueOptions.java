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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.Configuration;

import java.time.Duration;

/** How to read queues ({@link AmpsSubscriptionKind#QUEUE}). Immutable. */
@PublicEvolving
public final class AmpsQueueOptions {

    private static final int LARGEST_BATCH = 10_000;

    private final Configuration options;

    private AmpsQueueOptions(Configuration options) {
        this.options = options;
    }

    /** Everything at its default, which {@link AmpsSourceOptions} documents. */
    public static AmpsQueueOptions defaults() {
        return new AmpsQueueOptions(new Configuration());
    }

    /** See {@link AmpsSourceOptions#QUEUE_MAX_BACKLOG}. */
    public AmpsQueueOptions withMaxBacklog(int messages) {
        AmpsQueueOptions changed = copy();
        changed.options.set(
                AmpsSourceOptions.QUEUE_MAX_BACKLOG,
                OptionValues.atLeastOne(AmpsSourceOptions.QUEUE_MAX_BACKLOG, messages));
        return changed;
    }

    /** See {@link AmpsSourceOptions#QUEUE_SUBSCRIPTIONS}. */
    public AmpsQueueOptions withSubscriptions(int subscriptions) {
        AmpsQueueOptions changed = copy();
        changed.options.set(
                AmpsSourceOptions.QUEUE_SUBSCRIPTIONS,
                OptionValues.between(
                        AmpsSourceOptions.QUEUE_SUBSCRIPTIONS,
                        1,
                        AmpsSharding.MOST_SHARDS,
                        subscriptions));
        return changed;
    }

    /** See {@link AmpsSourceOptions#QUEUE_ACK_BATCH_SIZE}. */
    public AmpsQueueOptions withAckBatchSize(int messages) {
        AmpsQueueOptions changed = copy();
        changed.options.set(
                AmpsSourceOptions.QUEUE_ACK_BATCH_SIZE,
                OptionValues.between(
                        AmpsSourceOptions.QUEUE_ACK_BATCH_SIZE, 1, LARGEST_BATCH, messages));
        return changed;
    }

    /** See {@link AmpsSourceOptions#QUEUE_STALL_TIMEOUT}. */
    public AmpsQueueOptions withStallTimeout(Duration time) {
        AmpsQueueOptions changed = copy();
        changed.options.set(
                AmpsSourceOptions.QUEUE_STALL_TIMEOUT,
                OptionValues.positive(AmpsSourceOptions.QUEUE_STALL_TIMEOUT, time));
        return changed;
    }

    private AmpsQueueOptions copy() {
        return new AmpsQueueOptions(new Configuration(options));
    }

    void copyTo(Configuration all) {
        all.addAll(options);
    }

    @Override
    public String toString() {
        return "AmpsQueueOptions" + options;
    }
}
