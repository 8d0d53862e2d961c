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

import org.apache.flink.annotation.Internal;

import java.util.HashMap;
import java.util.Map;

/** How many bytes of the assigned splits, as they are stored, are still to be read. Thread-safe. */
@Internal
final class PendingBytes {

    private final Map<String, Long> unread = new HashMap<>();
    private long sum;

    synchronized void assigned(RecordFileSplit split) {
        // Of a compressed file the offset is one of the content, so the member's counts.
        long position =
                Math.max(
                        split.position().memberOffset(),
                        split.position().memberOffset() == 0 ? split.position().offset() : 0);
        set(split.splitId(), split.end() - Math.max(position, split.offset()));
    }

    synchronized void read(String splitId, long bytes) {
        Long before = unread.get(splitId);
        if (before != null) {
            set(splitId, before - bytes);
        }
    }

    synchronized void ended(String splitId) {
        Long before = unread.remove(splitId);
        sum -= before == null ? 0 : before;
    }

    synchronized long sum() {
        return sum;
    }

    private void set(String splitId, long bytes) {
        long after = Math.max(0, bytes);
        Long before = unread.put(splitId, after);
        sum += after - (before == null ? 0 : before);
    }
}
