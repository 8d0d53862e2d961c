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

import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.AmpsOutOfFocusReason;
import io.activedataflow.flink.connector.amps.client.AmpsDelivery;
import io.activedataflow.flink.connector.amps.client.ByteSlice;
import io.activedataflow.flink.connector.amps.source.WireBookmarks;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/** A record that was emitted and is not in a later query; becomes a message of its own. */
@Internal
record MissingRecord(String topic, byte[] key) {

    private static final byte[] NOTHING = new byte[0];

    MissingRecord(String topic, String key) {
        this(topic, key.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes of a chunk that the message takes up. */
    int bytes() {
        return key.length;
    }

    /** Shows such records as messages; re-used from one to the next. */
    static final class Delivery implements AmpsDelivery {

        private final ByteSlice absent = new ByteSlice();
        private final ByteSlice body = new ByteSlice();
        private final ByteSlice topic = new ByteSlice();
        private final ByteSlice timestamp = new ByteSlice();
        private final ByteSlice key = new ByteSlice();

        /**
         * @param timestampMicros the server time of all of them, or {@link
         *     ReplayPosition#UNKNOWN_TIME}
         */
        Delivery(long timestampMicros) {
            absent.setAbsent();
            timestamp.setAbsent();
            set(body, NOTHING);
            if (timestampMicros != ReplayPosition.UNKNOWN_TIME) {
                set(
                        timestamp,
                        WireBookmarks.time(timestampMicros).getBytes(StandardCharsets.US_ASCII));
            }
        }

        void show(MissingRecord missing) {
            set(topic, missing.topic.getBytes(StandardCharsets.UTF_8));
            set(key, missing.key);
        }

        private static void set(ByteSlice slice, byte[] bytes) {
            slice.set(bytes, 0, bytes.length);
        }

        @Override
        public AmpsCommand command() {
            return AmpsCommand.OOF;
        }

        @Override
        public ByteSlice body() {
            return body;
        }

        @Override
        public ByteSlice topic() {
            return topic;
        }

        @Override
        public ByteSlice bookmark() {
            return absent;
        }

        @Override
        public ByteSlice timestamp() {
            return timestamp;
        }

        @Override
        public ByteSlice sowKey() {
            return key;
        }

        @Override
        public ByteSlice correlationId() {
            return absent;
        }

        @Override
        public ByteSlice userId() {
            return absent;
        }

        @Override
        public ByteSlice leasePeriod() {
            return absent;
        }

        @Override
        public AmpsOutOfFocusReason outOfFocusReason() {
            return AmpsOutOfFocusReason.MISSING;
        }
    }
}
