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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.client.RedisNode;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.StreamInfo;

import org.apache.flink.annotation.Internal;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the server said of one stream at one moment.
 *
 * @param asked the question it answers
 * @param info the stream as its master sees it, or empty where the key does not exist
 * @param bookmarkMissing whether the master has entries on both sides of the bookmark but not the
 *     bookmark itself; false where that was not asked
 * @param serverTimeMillis the master's clock, where it was asked for
 * @param node the node to read the stream from
 */
@Internal
record StreamObservation(
        Question asked,
        Optional<StreamInfo> info,
        boolean bookmarkMissing,
        OptionalLong serverTimeMillis,
        RedisNode node) {

    /**
     * What to find out about a stream.
     *
     * @param streamKey the stream
     * @param position how far it had been read when the question was put
     * @param strict whether everything after that had to be there, as far as was known then
     * @param seen whether the stream was known to exist then
     * @param verifyBookmark whether to look for the bookmark entry itself
     * @param serverTime whether the master's clock is needed
     * @param replica whether to locate a replica
     */
    record Question(
            String streamKey,
            StreamEntryId position,
            boolean strict,
            boolean seen,
            boolean verifyBookmark,
            boolean serverTime,
            boolean replica) {}

    /** Asks the server; blocks. Control thread. */
    static StreamObservation ask(RedisStreamsClient client, Question question) {
        String key = question.streamKey();
        // First the bookmark and then the stream: if it is trimmed or deleted between the two, that
        // shows in the stream. The other way round it would look like a bookmark that never was.
        boolean absent = question.verifyBookmark() && !client.entryExists(key, question.position());
        Optional<StreamInfo> info = client.streamInfo(key);
        boolean missing = absent && info.isPresent() && surrounds(info.get(), question.position());
        OptionalLong time =
                question.serverTime()
                        ? OptionalLong.of(client.serverTimeMillis(key))
                        : OptionalLong.empty();
        return new StreamObservation(
                question, info, missing, time, client.locate(key, question.replica()));
    }

    private static boolean surrounds(StreamInfo info, StreamEntryId bookmark) {
        return info.firstEntryId() != null
                && !info.firstEntryId().isAfter(bookmark)
                && !bookmark.isAfter(info.lastGeneratedId());
    }
}
