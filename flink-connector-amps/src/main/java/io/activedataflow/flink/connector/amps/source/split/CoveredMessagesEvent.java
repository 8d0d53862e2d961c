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

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.connector.source.SourceEvent;

import java.util.Objects;

/**
 * Names messages of a queue that are part of the checkpoint that a reader was restored from. The
 * reader tells the enumerator when they have been acknowledged, and the enumerator all readers:
 * whoever is delivered one of them again drops it. Handling it twice is harmless.
 *
 * @param queue the topic
 * @param bookmarks those of the messages; not more than {@link #MOST}
 */
@Internal
public record CoveredMessagesEvent(String queue, BookmarkList bookmarks) implements SourceEvent {

    /** How many messages one event names: what fits into a message between Flink's processes. */
    public static final int MOST = 50_000;

    private static final long serialVersionUID = 1L;

    public CoveredMessagesEvent {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(bookmarks, "bookmarks");
    }
}
