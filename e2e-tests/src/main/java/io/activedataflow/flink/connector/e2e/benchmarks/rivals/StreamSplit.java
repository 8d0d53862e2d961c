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

package io.activedataflow.flink.connector.e2e.benchmarks.rivals;

import org.apache.flink.api.connector.source.SourceSplit;

/** The one stream, with the ID of the last entry emitted. */
record StreamSplit(String key, long milliseconds, long sequence) implements SourceSplit {

    @Override
    public String splitId() {
        return key;
    }

    /** The same while it is read. */
    static final class State {

        private final String key;
        private long milliseconds;
        private long sequence;

        State(StreamSplit split) {
            this.key = split.key;
            this.milliseconds = split.milliseconds;
            this.sequence = split.sequence;
        }

        void advance(long newMilliseconds, long newSequence) {
            milliseconds = newMilliseconds;
            sequence = newSequence;
        }

        StreamSplit toSplit() {
            return new StreamSplit(key, milliseconds, sequence);
        }
    }
}
