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

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.EntryBuffer;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsEntry;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplitState;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.lang.management.ManagementFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** An entry on its way from the buffer to the output costs no object of the connector. */
@Timeout(60)
class AllocationTest {

    private static final int ENTRIES = 50_000;

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
    private static final class Looking implements RedisStreamsDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;
        private static final byte[] NAME = TestEntries.utf8("b");

        @Override
        public void deserialize(RedisStreamsEntry entry, Collector<String> out) {
            int field = entry.lastIndexOf(NAME);
            if (field == 1 && entry.buffer()[entry.valueOffset(field)] == '2') {
                out.collect(entry.streamKey());
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    @Test
    void passesEntriesOnWithoutAllocation() throws Exception {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported());
        TestEntries entries = new TestEntries().section("s");
        for (int i = 0; i < ENTRIES; i++) {
            entries.entry(i + 1L, 0, "a", "1", "b", "2");
        }
        EntryBuffer buffer = entries.buffer();
        Discarding output = new Discarding();
        RedisStreamsRecordEmitter<String> emitter =
                new RedisStreamsRecordEmitter<>(
                        new Looking(), RedisStreamsMalformedPolicy.fail(), new SimpleCounter());
        RedisStreamsSplitState split =
                new RedisStreamsSplitState(
                        new RedisStreamsSplit(
                                "s", -1, StreamEntryId.ZERO, 0L, false, false, null, null));
        drain(buffer, emitter, output, split);

        long before = threads.getCurrentThreadAllocatedBytes();
        drain(buffer, emitter, output, split);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(output.collected).isEqualTo(2 * ENTRIES);
        // The batch itself is some hundred bytes; an object an entry would be 16 times this bound.
        assertThat(allocated).isLessThan(ENTRIES);
    }

    private static void drain(
            EntryBuffer buffer,
            RedisStreamsRecordEmitter<String> emitter,
            Discarding output,
            RedisStreamsSplitState split)
            throws Exception {
        EntryBatch batch =
                EntryBatch.builder(buffer, recycled -> {})
                        .addSection("s", -1, 0, buffer.entryCount(), 0L)
                        .build();
        batch.nextSplit();
        StreamEntryCursor entry;
        while ((entry = batch.nextRecordFromSplit()) != null) {
            emitter.emitRecord(entry, output, split);
        }
    }
}
