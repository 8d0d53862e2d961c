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

package io.activedataflow.flink.connector.amps.source.split;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** A {@link KindState.Snapshot} that changes as records are emitted. Not thread-safe. */
@Internal
final class SnapshotTracker {

    private final @Nullable SowKeySet keys;
    private boolean complete;

    /**
     * @param remembersKeys whether the keys that are emitted are part of the state
     */
    SnapshotTracker(KindState.Snapshot initial, boolean remembersKeys) {
        this.complete = initial.complete();
        this.keys = remembersKeys ? new SowKeySet(initial.keys()) : null;
    }

    /** The records are taken from the beginning, again or for the first time. */
    void begin() {
        complete = false;
    }

    /** All records have been emitted. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    boolean remembersKeys() {
        return keys != null;
    }

    /** A record with this key was emitted, or that it is out of focus. */
    void emitted(boolean outOfFocus, String topic, byte[] bytes, int offset, int length) {
        if (outOfFocus) {
            keys.remove(topic, bytes, offset, length);
        } else {
            keys.add(topic, bytes, offset, length);
        }
    }

    KindState toState() {
        return new KindState.Snapshot(complete, keys == null ? SowKeys.NONE : keys.toKeys());
    }
}
