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
import io.activedataflow.flink.connector.amps.client.ByteSlice;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

/**
 * The numbers in the header of a message, read without making objects. Re-used for every message;
 * one thread. What is malformed counts as absent.
 */
@Internal
final class HeaderNumbers {

    private boolean hasBookmark;
    private long publisherId;
    private long sequence;
    private long timestampMicros = ReplayPosition.UNKNOWN_TIME;

    void read(AmpsDelivery message) {
        readBookmark(message.bookmark());
        readTimestamp(message.timestamp());
    }

    boolean hasBookmark() {
        return hasBookmark;
    }

    /** Unsigned; 0 without a bookmark. */
    long publisherId() {
        return publisherId;
    }

    /** Unsigned; 0 without a bookmark. */
    long sequence() {
        return sequence;
    }

    /** In microseconds since the epoch, or {@link ReplayPosition#UNKNOWN_TIME}. */
    long timestampMicros() {
        return timestampMicros;
    }

    private void readBookmark(ByteSlice bookmark) {
        hasBookmark = false;
    }

    private void readTimestamp(ByteSlice timestamp) {
        timestampMicros = ReplayPosition.UNKNOWN_TIME;
    }
}
