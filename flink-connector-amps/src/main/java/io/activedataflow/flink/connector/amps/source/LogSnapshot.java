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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.client.LogEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.time.Instant;
import java.util.Objects;

/**
 * Where the transaction log of a server ends at one moment. An instance has one log for all its
 * topics, so that start and stop of all splits of a round are taken from the same moment.
 *
 * @param server the server, as it stands in the state
 * @param told whether it is known where the log ends, or that it has nothing of the topics
 * @param bookmark the end, or null if the log has nothing of the topics or the end is not known
 * @param time the time of this machine at which the question was put
 */
@Internal
public record LogSnapshot(
        String server, boolean told, @Nullable AmpsBookmark bookmark, Instant time) {

    public LogSnapshot {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(time, "time");
        if (bookmark != null && !told) {
            throw new IllegalArgumentException(bookmark + " was not told by " + server);
        }
    }

    /**
     * What a server has answered.
     *
     * @param time the time of this machine at which the question was put
     */
    public static LogSnapshot of(String server, LogEnd end, Instant time) {
        return new LogSnapshot(
                server,
                !(end instanceof LogEnd.NotTold),
                end instanceof LogEnd.At at ? at.bookmark() : null,
                time);
    }

    /** Whether the log is known to have nothing of the topics. */
    public boolean isEmpty() {
        return told && bookmark == null;
    }

    /** The position, in wire form, after which everything is new. */
    public String start() {
        return told ? endOfLog() : WireBookmarks.time(time);
    }

    /**
     * The end of what is there. Where the server does not say it, the moment of the question by the
     * clock of this machine, which then holds on every server.
     */
    public ReplayEnd stop() {
        return told
                ? ReplayEnd.ofLog(endOfLog(), server)
                : new ReplayEnd(WireBookmarks.time(time), false, null);
    }

    private String endOfLog() {
        return isEmpty() ? WireBookmarks.EPOCH : bookmark.toString();
    }
}
