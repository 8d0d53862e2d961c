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

import java.io.Serializable;
import java.util.List;

/**
 * How far a split has been read. Two descriptions of the same point: a bookmark, which is exact on
 * the server it came from, because the log of one instance has one order; and the highest sequence
 * of each publisher, which holds on every instance.
 *
 * @param server the server that the bookmark was received from, or null as long as nothing was
 *     received
 * @param bookmark reading goes on after it; of the last message emitted or, if {@code idle}, of a
 *     position in the log past it; null as long as nothing was received
 * @param idle whether the bookmark was acknowledged by the server as a position in its log behind
 *     the last message, rather than carried by a message
 * @param timestampMicros the latest server time of a message emitted, in microseconds since the
 *     epoch, or {@link #UNKNOWN_TIME}
 * @param publishers each publisher at most once, the one whose message came last first; those that
 *     have been silent for long are left out
 */
@Internal
public record ReplayPosition(
        @Nullable String server,
        @Nullable AmpsBookmark bookmark,
        boolean idle,
        long timestampMicros,
        List<PublisherPosition> publishers)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Stands for a time that is not known. */
    public static final long UNKNOWN_TIME = Long.MIN_VALUE;

    /** Nothing has been received. */
    public static final ReplayPosition NONE =
            new ReplayPosition(null, null, false, UNKNOWN_TIME, List.of());

    public ReplayPosition {
        publishers = List.copyOf(publishers);
        if ((server == null) != (bookmark == null)) {
            throw new IllegalArgumentException(
                    "A bookmark and its server belong together: " + bookmark + ", " + server);
        }
    }

    /** Whether nothing has been received, so that the start of the split counts. */
    public boolean isNone() {
        return bookmark == null && publishers.isEmpty();
    }
}
