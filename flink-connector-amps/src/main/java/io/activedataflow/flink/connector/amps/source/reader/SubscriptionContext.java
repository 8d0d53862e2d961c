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

import org.apache.flink.annotation.Internal;

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.metrics.AmpsSourceReaderMetrics;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the subscriptions of one reader have in common.
 *
 * @param updates takes changes of positions that no message makes, by split ID, on the task thread
 * @param readerName tells this attempt of this subtask from all others, also from one that still
 *     runs although Flink has given it up
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
        String readerName) {

    /** A name for the reader of this subtask that no other has. */
    static String readerName(String prefix, int subtask) {
        return prefix
                + '-'
                + subtask
                + '-'
                + Long.toHexString(ThreadLocalRandom.current().nextLong());
    }

    List<AmpsServerUri> servers() {
        return factory.servers();
    }

    /** A name for one more connection; the server cuts the older of two with the same. */
    String clientName(AmpsSplit split, int attempt) {
        // Not hashCode(), which is the same for some short names, such as Aa and BB.
        UUID ofSplit = UUID.nameUUIDFromBytes(split.splitId().getBytes(StandardCharsets.UTF_8));
        return readerName
                + '-'
                + Long.toHexString(ofSplit.getMostSignificantBits())
                + '-'
                + attempt;
    }

    OpenAttempt open(OpenRequest request) {
        SubscriptionBuffer buffer =
                new SubscriptionBuffer(
                        options.bufferMessages(),
                        options.bufferBytes(),
                        signal,
                        metrics::lastChance);
        OpenAttempt attempt = new OpenAttempt(request, factory, planner, options, buffer, signal);
        workers.open(attempt);
        return attempt;
    }
}
