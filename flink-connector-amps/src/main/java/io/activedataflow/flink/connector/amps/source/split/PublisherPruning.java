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

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which publishers are remembered: the latest of them, and beyond that those whose last message is
 * not old. Keeps the state bounded where client names change, and keeps a publisher that has long
 * been silent from making "the earliest of all bookmarks" very old.
 *
 * @param keepAtLeast how many are kept whatever their age
 * @param keepFor how long the others are kept, by the server times of the messages
 */
@Internal
public record PublisherPruning(int keepAtLeast, Duration keepFor) implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * @param latestFirst the publishers, those with the latest messages first
     * @param nowMicros the latest server time that is known, or {@link ReplayPosition#UNKNOWN_TIME}
     */
    List<PublisherPosition> prune(List<PublisherPosition> latestFirst, long nowMicros) {
        int kept = Math.min(keepAtLeast, latestFirst.size());
        if (nowMicros == ReplayPosition.UNKNOWN_TIME) {
            return latestFirst;
        }
        long oldest = nowMicros - keepFor.toMillis() * 1000L;
        while (kept < latestFirst.size() && latestFirst.get(kept).timestampMicros() >= oldest) {
            kept++;
        }
        return latestFirst.subList(0, kept);
    }
}
