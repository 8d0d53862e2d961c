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

import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.VisibleForTesting;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;
import org.apache.flink.metrics.Counter;

import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Deserializes a message, emits its elements, and then moves the split's position past it: once for
 * each message, whether it yields no element, one or many. Task thread only.
 *
 * <p>Elements carry the milliseconds of the server time as their timestamp, and none if the source
 * does not ask for the server time.
 */
@Internal
final class AmpsRecordEmitter<T> implements RecordEmitter<AmpsMessageCursor, T, AmpsSplitState> {

    private final AmpsDeserializationSchema<T> deserializer;
    private final MalformedMessageHandler<T> malformedMessages;
    private final LongConsumer bytesIn;
    private final ElementCollector<T> elements = new ElementCollector<>();
    private final OutputWithoutTimestamps<T> withoutTimestamps = new OutputWithoutTimestamps<>();

    /**
     * @param deserializer has been opened
     * @param errors counts messages that are malformed and do not fail the job
     * @param bytesIn counts the bytes of bodies
     */
    AmpsRecordEmitter(
            AmpsDeserializationSchema<T> deserializer,
            AmpsMalformedPolicy<T> policy,
            Counter errors,
            LongConsumer bytesIn) {
        this(deserializer, policy, errors, bytesIn, System::nanoTime);
    }

    @VisibleForTesting
    AmpsRecordEmitter(
            AmpsDeserializationSchema<T> deserializer,
            AmpsMalformedPolicy<T> policy,
            Counter errors,
            LongConsumer bytesIn,
            LongSupplier nanoClock) {
        this.deserializer = deserializer;
        this.bytesIn = bytesIn;
        this.malformedMessages = policy.createHandler(errors, nanoClock);
    }

    @Override
    public void emitRecord(AmpsMessageCursor message, SourceOutput<T> output, AmpsSplitState split)
            throws IOException {
        bytesIn.accept(message.bodyLength());
        deserialize(message);
        emit(output, message.timestampMicros());
        elements.clear();
        message.advance(split);
    }

    private void deserialize(AmpsMessageCursor message) throws IOException {
        elements.clear();
        Exception malformed = null;
        try {
            deserializer.deserialize(message, elements);
            elements.checkElements();
        } catch (Exception e) {
            malformed = e;
        }
        if (malformed != null) {
            elements.clear();
            T replacement = malformedMessages.handle(message, malformed);
            if (replacement != null) {
                elements.collect(replacement);
            }
        }
    }

    private void emit(SourceOutput<T> output, long timestampMicros) {
        if (timestampMicros == AmpsMessage.NO_TIMESTAMP) {
            elements.emitTo(withoutTimestamps.to(output), timestampMicros);
        } else {
            elements.emitTo(output, Math.floorDiv(timestampMicros, 1000L));
        }
    }
}
