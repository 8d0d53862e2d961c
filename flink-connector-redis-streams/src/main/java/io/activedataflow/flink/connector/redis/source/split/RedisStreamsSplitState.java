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

package io.activedataflow.flink.connector.redis.source.split;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;

/** How far a reader has emitted a split. Mutable; task thread only. */
@Internal
public final class RedisStreamsSplitState {

    private final RedisStreamsSplit initial;
    private long milliseconds;
    private long sequence;
    private long entriesRead;
    private boolean strict;
    private boolean seen;

    public RedisStreamsSplitState(RedisStreamsSplit split) {
        this.initial = split;
        this.milliseconds = split.bookmark().milliseconds();
        this.sequence = split.bookmark().sequence();
        this.entriesRead = split.entriesRead();
        this.strict = split.strict();
        this.seen = split.seen();
    }

    /** Moves the bookmark to an entry whose elements have just been emitted. */
    public void advance(long newMilliseconds, long newSequence, long newEntriesRead) {
        milliseconds = newMilliseconds;
        sequence = newSequence;
        entriesRead = newEntriesRead;
        strict = true;
        seen = true;
    }

    public RedisStreamsSplit toSplit() {
        return new RedisStreamsSplit(
                initial.streamKey(),
                initial.partition(),
                new StreamEntryId(milliseconds, sequence),
                entriesRead,
                strict,
                seen,
                initial.stop(),
                initial.appliedOverride());
    }
}
