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
import io.activedataflow.flink.connector.amps.client.Bookmarks;
import io.activedataflow.flink.connector.amps.client.ByteSlice;
import io.activedataflow.flink.connector.amps.client.ServerTimestamps;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.annotation.Internal;

import java.util.Arrays;

/**
 * The numbers in the header of a message, read without making objects. Re-used for every message;
 * one thread. What is malformed counts as absent.
 */
@Internal
final class HeaderNumbers {

    private final Bookmarks bookmarks = new Bookmarks();
    private boolean hasBookmark;
    private long timestampMicros = ReplayPosition.UNKNOWN_TIME;

    /** The time that was read last, up to its second; many messages come in one. */
    private final byte[] lastSecond = new byte[ServerTimestamps.SECONDS_LENGTH];

    private long lastSecondMicros = ReplayPosition.UNKNOWN_TIME;

    void read(AmpsDelivery message) {
        hasBookmark = bookmarks.parse(message.bookmark());
        ByteSlice timestamp = message.timestamp();
        timestampMicros =
                timestamp.length() < ServerTimestamps.SECONDS_LENGTH
                        ? ReplayPosition.UNKNOWN_TIME
                        : readTimestamp(timestamp.array(), timestamp.offset(), timestamp.length());
    }

    private long readTimestamp(byte[] text, int offset, int length) {
        int second = offset + ServerTimestamps.SECONDS_LENGTH;
        if (lastSecondMicros == ReplayPosition.UNKNOWN_TIME
                || !Arrays.equals(lastSecond, 0, lastSecond.length, text, offset, second)) {
            lastSecondMicros = ServerTimestamps.parse(text, offset, lastSecond.length);
            System.arraycopy(text, offset, lastSecond, 0, lastSecond.length);
            if (lastSecondMicros == ReplayPosition.UNKNOWN_TIME) {
                return ReplayPosition.UNKNOWN_TIME;
            }
        }
        int end = offset + length;
        boolean zone = second < end && text[end - 1] == 'Z';
        long fraction = ServerTimestamps.fractionMicros(text, second, zone ? end - 1 : end);
        return fraction < 0 ? ReplayPosition.UNKNOWN_TIME : lastSecondMicros + fraction;
    }

    boolean hasBookmark() {
        return hasBookmark;
    }

    /** Unsigned; only if there is a bookmark. */
    long publisherId() {
        return bookmarks.publisherId();
    }

    /** Unsigned; only if there is a bookmark. */
    long sequence() {
        return bookmarks.sequence();
    }

    /** In microseconds since the epoch, or {@link ReplayPosition#UNKNOWN_TIME}. */
    long timestampMicros() {
        return timestampMicros;
    }
}
