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

package io.activedataflow.flink.connector.amps.standin;

/**
 * A published message as subscriptions get it.
 *
 * @param bookmarked whether it is in the log
 * @param correlationId may be null
 * @param user may be null
 * @param sowKey of the record in the state of the world that it has become; null on other topics
 */
record Message(
        boolean bookmarked,
        long publisherId,
        long sequence,
        String topic,
        long timestampMicros,
        Body body,
        String correlationId,
        String user,
        String sowKey) {

    String bookmark() {
        return bookmarked ? Bookmarks.text(publisherId, sequence) : null;
    }

    static Message at(LogSegment segment, int index) {
        return new Message(
                true,
                segment.publisher(index),
                segment.sequence(index),
                segment.topic(index),
                segment.timestamp(index),
                segment.body(index),
                segment.correlation(index),
                segment.user(index),
                segment.sowKey(index));
    }

    /** Appends the fields of this message to an open header, then the body. */
    void appendTo(FrameBuffer frame, boolean bookmark, boolean timestamp, boolean key, Body body) {
        if (key && sowKey != null) {
            frame.append(",\"k\":\"").append(HeaderBuilder.escape(sowKey)).append('"');
        }
        if (bookmark && bookmarked) {
            frame.append(BOOKMARK)
                    .appendUnsigned(publisherId)
                    .append('|')
                    .appendUnsigned(sequence)
                    .append('|')
                    .append('"');
        }
        if (timestamp) {
            frame.append(TIMESTAMP);
            Timestamps.append(timestampMicros, frame);
            frame.append('"');
        }
        if (correlationId != null) {
            frame.append(",\"x\":\"").append(HeaderBuilder.escape(correlationId)).append('"');
        }
        if (user != null) {
            frame.append(",\"user_id\":\"").append(HeaderBuilder.escape(user)).append('"');
        }
        frame.append('}').append(body.array(), body.offset(), body.length());
    }

    private static final byte[] BOOKMARK = {',', '"', 'b', 'm', '"', ':', '"'};
    private static final byte[] TIMESTAMP = {',', '"', 't', 's', '"', ':', '"'};
}
