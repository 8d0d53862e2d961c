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

import io.activedataflow.flink.connector.amps.source.WireBookmarks;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.Serializable;
import java.util.Objects;

/**
 * Where a bounded split ends.
 *
 * @param bookmark in wire form: a bookmark, a list of them, or a time; {@code 0} for an end before
 *     the first message, where there is nothing to read
 * @param inclusive whether a message at that very point still belongs to the split
 * @param server the server whose log was found to end there, so that on another server the end is
 *     taken anew; null if the user has named the end, which then holds on every server
 */
@Internal
public record ReplayEnd(String bookmark, boolean inclusive, @Nullable String server)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public ReplayEnd {
        Objects.requireNonNull(bookmark, "bookmark");
    }

    /** The log of this server ended here. */
    public static ReplayEnd ofLog(String bookmark, String server) {
        return new ReplayEnd(bookmark, true, Objects.requireNonNull(server, "server"));
    }

    /**
     * This end of one server's log, moved on to the end of another's: the later of the two there.
     * The other log may not have come as far yet as the first one was when it was asked.
     *
     * @param other the end of the other server's log, or a time if that server does not tell it
     */
    public ReplayEnd movedTo(ReplayEnd other) {
        if (other.server() == null) {
            return other;
        }
        String first = bookmark.substring(0, bookmark.indexOf('|', bookmark.indexOf('|') + 1) + 1);
        return ofLog(
                other.isBeforeEverything() || other.bookmark().equals(first)
                        ? first
                        : first + ',' + other.bookmark(),
                other.server());
    }

    /** Whether there is nothing to read before this end. */
    public boolean isBeforeEverything() {
        return bookmark.equals(WireBookmarks.EPOCH);
    }
}
