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

package io.activedataflow.flink.connector.redis.client;

import org.apache.flink.annotation.Internal;

/**
 * Keeps the bytes that arrived together with a reply but belong to later ones, as the buffer with
 * the reply goes to another thread. They are given out in pieces, so that many small replies that
 * arrived at once are not copied over and over. Fetcher thread only.
 */
@Internal
final class ReplyCarry {

    private static final int FIRST_PIECE = 4 * 1024;

    private byte[] bytes = new byte[0];
    private int start;
    private int end;
    private int piece = FIRST_PIECE;

    /** Whether all that the buffer has beyond its replies was given out here. */
    private boolean given;

    /** Takes the bytes after the buffer's last reply out of it. */
    void takeFrom(EntryBuffer buffer) {
        int count = buffer.filled() - buffer.decoded();
        if (given && count <= start) {
            start -= count;
        } else if (count > 0) {
            if (bytes.length < count) {
                bytes = new byte[count];
            }
            System.arraycopy(buffer.data(), buffer.decoded(), bytes, 0, count);
            start = 0;
            end = count;
        }
        buffer.dropUndecoded();
        piece = FIRST_PIECE;
        given = true;
    }

    /** Gives the next piece to the buffer; returns whether there was one. */
    boolean giveTo(EntryBuffer buffer) {
        int count = Math.min(piece, end - start);
        if (count == 0) {
            return false;
        }
        buffer.reserve(count);
        System.arraycopy(bytes, start, buffer.data(), buffer.filled(), count);
        buffer.addFilled(count);
        start += count;
        piece *= 2;
        return true;
    }

    /** To be called whenever bytes were put into the buffer from elsewhere. */
    void otherBytesArrived() {
        given = false;
        start = 0;
        end = 0;
    }
}
