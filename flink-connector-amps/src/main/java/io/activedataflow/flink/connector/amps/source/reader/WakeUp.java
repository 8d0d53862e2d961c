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

import org.apache.flink.annotation.Internal;

/**
 * Raises a {@link Signal} only if the consumer has said that it is about to wait, so that a
 * producer pays for no lock as long as the consumer is busy.
 *
 * <p>No wake-up is lost: the consumer arms and then looks once more; a producer publishes and then
 * looks whether it is armed. All four are volatile accesses, which have one order that every thread
 * agrees on, so that at least one of the two sees what the other has done. A producer disarms
 * before it raises; otherwise it might undo what the consumer, awake again, has armed meanwhile.
 */
@Internal
final class WakeUp {

    private final Signal signal;
    private volatile boolean armed;

    WakeUp(Signal signal) {
        this.signal = signal;
    }

    /** To be followed by a last look at what was published. Consumer. */
    void arm() {
        armed = true;
    }

    /** The last look has found something. Consumer. */
    void disarm() {
        armed = false;
    }

    /** To be called after something was published with a volatile write. Any thread. */
    void fire() {
        if (armed) {
            armed = false;
            signal.raise();
        }
    }
}
