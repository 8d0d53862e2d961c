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

import io.activedataflow.flink.connector.amps.client.AmpsDelivery;

import java.lang.management.ManagementFactory;

/**
 * How much processor time the hand-over of a message costs, compared with the bare copy of its
 * body. A main to be run by hand: {@code java -cp ... HandOverBenchmark [messages]}.
 *
 * <p>One thread does all three parts in turns, so that what is measured is work and not waiting.
 */
final class HandOverBenchmark {

    private static final int RUN = 500;
    private static final int ROUNDS = 7;

    private final AmpsDelivery message;
    private long sink;

    private HandOverBenchmark(AmpsDelivery message) {
        this.message = message;
    }

    public static void main(String[] arguments) {
        int messages = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4_000_000;
        TestDelivery message =
                TestDelivery.of("x".repeat(200))
                        .bookmark("12345678901234567890|1234567|")
                        .timestamp("20260102T030405.678901Z");
        HandOverBenchmark benchmark = new HandOverBenchmark(message);
        for (int round = 0; round < ROUNDS; round++) {
            long copied = benchmark.copyOnly(messages);
            long handedOver = benchmark.handOver(messages);
            System.out.printf(
                    "copy %.1f ns, hand-over %.1f ns a message (%d)%n",
                    (double) copied / messages, (double) handedOver / messages, benchmark.sink);
        }
    }

    private long copyOnly(int messages) {
        long start = cpuNanos();
        for (int i = 0; i < messages; i++) {
            byte[] copy = new byte[message.body().length()];
            System.arraycopy(message.body().array(), message.body().offset(), copy, 0, copy.length);
            sink += copy[i % copy.length];
        }
        return cpuNanos() - start;
    }

    private long handOver(int messages) {
        SubscriptionBuffer buffer =
                new SubscriptionBuffer(10_000, 16 << 20, new Signal(), () -> {});
        long start = cpuNanos();
        for (int i = 0; i < messages; i += RUN) {
            for (int j = 0; j < RUN; j++) {
                buffer.onMessage(message);
            }
            MessageBatch.Builder builder = MessageBatch.builder((split, update) -> {});
            Arrival arrival;
            while ((arrival = buffer.poll()) != null) {
                Arrival.Messages run = (Arrival.Messages) arrival;
                builder.messages("split", "server", run.chunk(), run.from(), run.to());
            }
            read(builder.build());
        }
        return cpuNanos() - start;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private void read(MessageBatch batch) {
        while (batch.nextSplit() != null) {
            AmpsMessageCursor next;
            while ((next = batch.nextRecordFromSplit()) != null) {
                sink += next.bodyArray()[next.bodyOffset()] + next.sequence();
            }
        }
        batch.recycle();
    }
}
