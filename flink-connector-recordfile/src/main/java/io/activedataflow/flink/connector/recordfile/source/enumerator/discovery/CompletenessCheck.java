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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import io.activedataflow.flink.connector.recordfile.source.RecordFileCompleteness;

import org.apache.flink.annotation.Internal;

import java.util.HashMap;
import java.util.Map;

/** Tells which files are written to their end. Remembers candidates from one round to the next. */
@Internal
final class CompletenessCheck {

    private final long minimumAgeMillis;
    private final int stableListings;
    private Map<PathHash, Look> before = new HashMap<>();
    private Map<PathHash, Look> now = new HashMap<>();
    private boolean settling;

    /** What a candidate looked like, and in how many listings in a row. */
    private record Look(long size, long modificationTime, int times) {}

    CompletenessCheck(RecordFileCompleteness completeness) {
        this.minimumAgeMillis = completeness.minimumAge().toMillis();
        this.stableListings = completeness.stableListings();
    }

    /**
     * Whether a file is complete. Each candidate is asked about once in a round.
     *
     * @param again whether the listing is that of the round before
     */
    boolean isComplete(ListedFile file, boolean again, long nowMillis) {
        return isStable(file, again)
                & file.marked()
                & (minimumAgeMillis == 0
                        || nowMillis - file.modificationTime() >= minimumAgeMillis);
    }

    private boolean isStable(ListedFile file, boolean again) {
        if (stableListings == 1) {
            return true;
        }
        Look last = before.get(file.hash());
        boolean same =
                last != null
                        && last.size() == file.size()
                        && last.modificationTime() == file.modificationTime();
        int times = same ? Math.min(last.times() + (again ? 0 : 1), stableListings) : 1;
        now.put(file.hash(), new Look(file.size(), file.modificationTime(), times));
        settling |= times < stableListings;
        return times >= stableListings;
    }

    /** Whether a candidate of this round has not been the same for long enough. */
    boolean isSettling() {
        return settling;
    }

    /** Files that were not asked about in this round begin anew. */
    void endRound() {
        before = now;
        now = new HashMap<>();
        settling = false;
    }
}
