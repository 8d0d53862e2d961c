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

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.metrics.AmpsSourceReaderMetrics;

import org.apache.flink.annotation.Internal;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * What the subscriptions of one reader have in common.
 *
 * @param updates takes changes of positions that no message makes, by split ID, on the task thread
 * @param clientNames names for connections
 * @param queues what is leased from queues
 * @param acknowledger acknowledges what was read from queues
 */
@Internal
record SubscriptionContext(
        ReaderOptions options,
        AmpsConnectionFactory factory,
        ReplayPlanner planner,
        ConnectionWorkers workers,
        Signal signal,
        AmpsSourceReaderMetrics metrics,
        BiConsumer<String, SplitUpdate> updates,
        ClientNames clientNames,
        QueueLeases queues,
        Acknowledger acknowledger) {

    List<AmpsServerUri> servers() {
        return factory.servers();
    }

    OpenAttempt open(OpenRequest request) {
        SubscriptionBuffer buffer =
                new SubscriptionBuffer(
                        options.bufferMessages(),
                        options.bufferBytes(),
                        signal,
                        metrics::lastChance);
        OpenAttempt attempt = new OpenAttempt(request, this, buffer);
        workers.open(attempt);
        return attempt;
    }
}
