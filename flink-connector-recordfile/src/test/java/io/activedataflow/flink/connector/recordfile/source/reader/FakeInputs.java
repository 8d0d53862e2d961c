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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Splits that do when they are read what a test has written down for them. */
final class FakeInputs implements SplitInput.Opener<String> {

    /** What one read does. */
    interface Step {
        List<String> read() throws IOException;
    }

    /** A read that waits and does not care for interrupts, as of a socket. */
    static final class Blockade implements Step {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        @Override
        public List<String> read() throws IOException {
            reached.countDown();
            while (opened.getCount() > 0) {
                try {
                    opened.await();
                } catch (InterruptedException e) {
                    // That is the point.
                }
            }
            throw new IOException("aborted");
        }

        void awaitReached() throws InterruptedException {
            reached.await();
        }

        void open() {
            opened.countDown();
        }
    }

    final List<RecordFileSplit> opened = new CopyOnWriteArrayList<>();
    final List<String> closed = new CopyOnWriteArrayList<>();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger released = new AtomicInteger();

    /** Of files whose time does not count. */
    long modificationTime = TestSplits.MODIFICATION_TIME;

    private final Map<String, Queue<Deque<Step>>> scripts = new HashMap<>();

    /** What happens the next time the split is opened, read by read; then it ends. */
    FakeInputs script(String splitId, Step... steps) {
        scripts.computeIfAbsent(splitId, id -> new ArrayDeque<>())
                .add(new ArrayDeque<>(Arrays.asList(steps)));
        return this;
    }

    static Step batch(String... records) {
        return () -> List.of(records);
    }

    static Step failure(IOException cause) {
        return () -> {
            throw cause;
        };
    }

    @Override
    public SplitInput<String> open(RecordFileSplit split) {
        opened.add(split);
        return new Input(split, scripts.get(split.splitId()).remove());
    }

    private final class Input implements SplitInput<String> {
        private final RecordFileSplit split;
        private final Deque<Step> steps;
        private long bytes;

        Input(RecordFileSplit split, Deque<Step> steps) {
            this.split =
                    split.identity().hasModificationTime()
                            ? split
                            : split.at(
                                    split.position(),
                                    split.identity().withModificationTime(modificationTime),
                                    split.malformed());
            this.steps = steps;
        }

        @Override
        public RecordFileSplit split() {
            return split;
        }

        @Override
        public SplitBatch<String> read() throws IOException {
            reads.incrementAndGet();
            if (steps.isEmpty()) {
                return null;
            }
            Iterator<String> records = steps.remove().read().iterator();
            bytes += 10;
            return new SplitBatch<>() {
                @Override
                public String next() {
                    return records.hasNext() ? records.next() : null;
                }

                @Override
                public void release() {
                    released.incrementAndGet();
                }
            };
        }

        @Override
        public long bytesRead() {
            return bytes;
        }

        @Override
        public void close() {
            closed.add(split.splitId());
        }
    }
}
