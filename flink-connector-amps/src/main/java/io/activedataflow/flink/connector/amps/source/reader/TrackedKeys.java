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

import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.source.split.SowKeySet;
import io.activedataflow.flink.connector.amps.source.split.SowKeys;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which records have been handed on and not yet reported out of focus, and which of them a later
 * query does not have any more. Fetcher thread only.
 */
@Internal
final class TrackedKeys {

    /** How many messages about missing records are handed on at a time. */
    private static final int MISSING_AT_A_TIME = 1024;

    private final SowKeySet inFocus;
    private final Deque<MissingRecord> missing = new ArrayDeque<>();

    /** What the query that is being answered has shown so far; null while there is none. */
    private @Nullable SowKeySet seen;

    TrackedKeys(SowKeys restored) {
        this.inFocus = new SowKeySet(restored);
    }

    /** What was missing is looked for again. */
    void snapshotBegins() {
        missing.clear();
        seen = inFocus.size() == 0 ? null : new SowKeySet();
    }

    void handedOn(MessageChunk chunk, int i) {
        if (chunk.command(i) == AmpsCommand.OOF) {
            RecordKeys.remove(inFocus, chunk, i);
            return;
        }
        RecordKeys.add(inFocus, chunk, i);
        if (seen != null) {
            RecordKeys.add(seen, chunk, i);
        }
    }

    /** All records of the query have been handed on: what is not among them is missing. */
    void snapshotCompleted() {
        if (seen != null) {
            inFocus.forEachMissingIn(
                    seen, (topic, key) -> missing.add(new MissingRecord(topic, key)));
            seen = null;
        }
    }

    boolean hasMissing() {
        return !missing.isEmpty();
    }

    /**
     * Hands on some of the messages that say what is missing.
     *
     * @param timestampMicros their server time, or unknown
     * @return how many
     */
    int handOnMissing(
            String splitId, String server, long timestampMicros, MessageBatch.Builder batch) {
        int count = Math.min(missing.size(), MISSING_AT_A_TIME);
        int bytes = missing.stream().limit(count).mapToInt(MissingRecord::bytes).sum();
        MessageChunk chunk = new MessageChunk(count, bytes, unused -> {});
        MissingRecord.Delivery delivery = new MissingRecord.Delivery(timestampMicros);
        HeaderNumbers numbers = new HeaderNumbers();
        TopicNames topics = new TopicNames();
        for (int i = 0; i < count; i++) {
            delivery.show(missing.remove());
            numbers.read(delivery);
            chunk.append(delivery, topics.nameOf(delivery.topic()), numbers);
            RecordKeys.remove(inFocus, chunk, i);
        }
        chunk.seal();
        batch.messages(splitId, server, chunk, 0, count);
        chunk.release();
        return count;
    }
}
