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

import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.VisibleForTesting;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Deserializes an entry, emits its elements, and then moves the split's position past it: once for
 * each entry, whether it yields no element, one or many. Task thread only.
 *
 * <p>Elements carry the milliseconds of the entry ID as their timestamp. IDs above 2<sup>63</sup>-1
 * milliseconds, which only a writer of explicit IDs can make, get the largest timestamp there is.
 */
@Internal
public final class RedisStreamsRecordEmitter<T>
        implements RecordEmitter<StreamEntryCursor, T, RedisStreamsSplitState> {

    private final RedisStreamsDeserializationSchema<T> deserializer;
    private final MalformedEntryHandler<T> malformedEntries;
    private final ElementCollector<T> elements = new ElementCollector<>();

    /**
     * @param deserializer has been opened
     * @param errors counts entries that are malformed and do not fail the job
     */
    public RedisStreamsRecordEmitter(
            RedisStreamsDeserializationSchema<T> deserializer,
            RedisStreamsMalformedPolicy<T> policy,
            Counter errors) {
        this(deserializer, policy, errors, System::nanoTime);
    }

    @VisibleForTesting
    RedisStreamsRecordEmitter(
            RedisStreamsDeserializationSchema<T> deserializer,
            RedisStreamsMalformedPolicy<T> policy,
            Counter errors,
            LongSupplier nanoClock) {
        this.deserializer = deserializer;
        this.malformedEntries = policy.createHandler(errors, nanoClock);
    }

    @Override
    public void emitRecord(
            StreamEntryCursor entry, SourceOutput<T> output, RedisStreamsSplitState split)
            throws IOException {
        deserialize(entry);
        elements.emitTo(output, timestamp(entry.idMilliseconds()));
        elements.clear();
        split.advance(entry.idMilliseconds(), entry.idSequence(), entry.entriesRead());
    }

    private void deserialize(StreamEntryCursor entry) throws IOException {
        elements.clear();
        Exception malformed = null;
        try {
            deserializer.deserialize(entry, elements);
            elements.checkElements();
        } catch (Exception e) {
            malformed = e;
        }
        if (malformed != null) {
            elements.clear();
            T replacement = malformedEntries.handle(entry, malformed);
            if (replacement != null) {
                elements.collect(replacement);
            }
        }
    }

    private static long timestamp(long unsignedMilliseconds) {
        return unsignedMilliseconds < 0 ? Long.MAX_VALUE : unsignedMilliseconds;
    }
}
