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

package io.activedataflow.flink.connector.redis.source.topology;

import java.io.Serializable;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a job has read, within this JVM: the numbers of each stream must come as 0, 1, 2 and so on.
 * Serializable, so that functions can take it along; all copies write into one ledger. Thread-safe.
 */
final class ReadLedger implements Serializable, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Pages> OPEN = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();

    ReadLedger() {
        OPEN.put(id, new Pages(new ConcurrentHashMap<>(), new ConcurrentLinkedQueue<>()));
    }

    /**
     * What lies behind all copies.
     *
     * @param counts how many numbers were read, by stream
     * @param violations what was lost, repeated or out of order
     */
    private record Pages(Map<String, Long> counts, Queue<String> violations) {}

    void enter(String stream, long number) {
        Pages pages = pages();
        pages.counts.merge(
                stream,
                number + 1,
                (expected, next) -> {
                    if (number != expected) {
                        pages.violations.add(stream + ": " + number + " after " + (expected - 1));
                    }
                    return next;
                });
    }

    /** How many numbers of the stream were read. */
    long countOf(String stream) {
        return pages().counts.getOrDefault(stream, 0L);
    }

    /** What was lost, repeated or out of order. */
    Queue<String> violations() {
        return pages().violations;
    }

    @Override
    public void close() {
        OPEN.remove(id);
    }

    private Pages pages() {
        return OPEN.get(id);
    }

    @Override
    public String toString() {
        return pages().toString();
    }
}
