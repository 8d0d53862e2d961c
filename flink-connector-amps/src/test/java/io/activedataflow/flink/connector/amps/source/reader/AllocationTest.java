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

import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.reader.Arrival.Messages;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.PublisherPruning;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A message on its way from the client to the output costs no object of the connector. */
@Timeout(60)
class AllocationTest {

    private static final int RUN = 500;
    private static final int MESSAGES = 100 * RUN;
    private static final int WARM_UP_ROUNDS = 5;

    private static final class Discarding implements SourceOutput<String> {
        private long collected;

        @Override
        public void collect(String element) {
            collected++;
        }

        @Override
        public void collect(String element, long timestamp) {
            collected++;
        }

        @Override
        public void emitWatermark(Watermark watermark) {}

        @Override
        public void markIdle() {}

        @Override
        public void markActive() {}
    }

    /** Looks at everything and makes nothing. */
    private static final class Looking implements AmpsDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(AmpsMessage message, Collector<String> out) {
            if (message.bodyArray()[message.bodyOffset()] == 'x'
                    && message.bodyLength() == 200
                    && message.timestampMicros() > 0) {
                out.collect(message.topic());
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    private final SubscriptionBuffer buffer =
            new SubscriptionBuffer(10_000, 16 << 20, new Signal(), () -> {});
    private final TestDelivery[] messages = {
        message("orders", "12345678901234567890|1234567|"),
        message("prices", "2345678901234567890|7654321|"),
        message("orders", "2345678901234567890|7654322|")
    };
    private long bytesIn;
    private final Discarding output = new Discarding();
    private final AmpsRecordEmitter<String> emitter =
            new AmpsRecordEmitter<>(
                    new Looking(),
                    AmpsMalformedPolicy.fail(),
                    new SimpleCounter(),
                    bytes -> bytesIn += bytes);
    private final AmpsSplitState split =
            new AmpsSplitState(
                    new AmpsSplit(
                            AmpsTopic.literal("orders"),
                            AmpsShard.WHOLE,
                            AmpsSubscriptionKind.BOOKMARK_REPLAY,
                            "0",
                            ReplayPosition.NONE,
                            null,
                            AmpsSplit.UNLIMITED,
                            null),
                    new PublisherPruning(100, Duration.ofDays(1)));

    private static TestDelivery message(String topic, String bookmark) {
        return TestDelivery.of("x".repeat(200))
                .topic(topic)
                .bookmark(bookmark)
                .timestamp("20260102T030405.678901Z")
                .sowKey("key")
                .correlationId("correlation");
    }

    @Test
    void passesMessagesOnWithoutAllocation() throws Exception {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported());
        // Until there are as many chunks as are in use at a time.
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            passOn(MESSAGES);
        }
        output.collected = 0;
        bytesIn = 0;

        long before = threads.getCurrentThreadAllocatedBytes();
        passOn(MESSAGES);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(output.collected).isEqualTo(MESSAGES);
        assertThat(bytesIn).isEqualTo(MESSAGES * 200);
        // A run of messages costs some hundred bytes; an object a message would be 16 at least.
        assertThat(allocated).isLessThan(2 * MESSAGES);
    }

    private void passOn(int count) throws Exception {
        for (int sent = 0; sent < count; sent += RUN) {
            for (int i = 0; i < RUN; i++) {
                buffer.onMessage(messages[i % messages.length]);
            }
            MessageBatch.Builder builder = MessageBatch.builder((split, update) -> {});
            Arrival arrival;
            while ((arrival = buffer.poll()) != null) {
                Messages run = (Messages) arrival;
                builder.messages("orders", "a", run.chunk(), run.from(), run.to());
            }
            MessageBatch batch = builder.build();
            while (batch.nextSplit() != null) {
                AmpsMessageCursor message;
                while ((message = batch.nextRecordFromSplit()) != null) {
                    emitter.emitRecord(message, output, split);
                }
            }
            batch.recycle();
        }
    }
}
