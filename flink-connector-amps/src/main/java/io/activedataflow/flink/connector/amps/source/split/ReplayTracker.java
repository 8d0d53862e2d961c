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

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * A {@link ReplayPosition} that moves. The fetcher has one, which says what was handed on and finds
 * duplicates; the state of the split has another, which says what was emitted. Not thread-safe.
 */
@Internal
public final class ReplayTracker {

    private final PublisherPositions publishers;
    private @Nullable String server;
    private boolean hasBookmark;
    private long publisherId;
    private long sequence;
    private boolean idle;

    public ReplayTracker(ReplayPosition position, PublisherPruning pruning) {
        this.server = position.server();
        this.hasBookmark = position.bookmark() != null;
        this.publisherId = hasBookmark ? position.bookmark().publisherId() : 0;
        this.sequence = hasBookmark ? position.bookmark().sequence() : 0;
        this.idle = position.idle();
        this.publishers =
                new PublisherPositions(position.publishers(), position.timestampMicros(), pruning);
    }

    /** Whether this message, or a later one of its publisher, has passed already. */
    public boolean hasPassed(long messagePublisherId, long messageSequence) {
        return publishers.covers(messagePublisherId, messageSequence);
    }

    /**
     * A message has passed.
     *
     * @param fromServer the server that it came from
     * @param messageTimestampMicros its server time, or {@link ReplayPosition#UNKNOWN_TIME}
     */
    public void advance(
            String fromServer,
            long messagePublisherId,
            long messageSequence,
            long messageTimestampMicros) {
        publishers.advance(messagePublisherId, messageSequence, messageTimestampMicros);
        server = fromServer;
        hasBookmark = true;
        publisherId = messagePublisherId;
        sequence = messageSequence;
        idle = false;
    }

    /**
     * The server has said that its log up to here holds nothing more for the subscription. That may
     * well be the last message itself.
     */
    public void moveTo(String ofServer, AmpsBookmark bookmark) {
        boolean moved =
                !hasBookmark
                        || publisherId != bookmark.publisherId()
                        || sequence != bookmark.sequence();
        server = ofServer;
        hasBookmark = true;
        publisherId = bookmark.publisherId();
        sequence = bookmark.sequence();
        idle |= moved;
    }

    /** Forgets everything, so that no message counts as a duplicate. */
    public void clear() {
        publishers.clear();
        server = null;
        hasBookmark = false;
        idle = false;
    }

    /**
     * The position as it is now. Forgets the publishers that need not be remembered, but never the
     * one of the bookmark.
     */
    public ReplayPosition toPosition() {
        if (hasBookmark) {
            publishers.pruneAllBut(publisherId);
        } else {
            publishers.prune();
        }
        return new ReplayPosition(
                server,
                hasBookmark ? new AmpsBookmark(publisherId, sequence) : null,
                idle,
                publishers.latestMicros(),
                publishers.toList());
    }
}
