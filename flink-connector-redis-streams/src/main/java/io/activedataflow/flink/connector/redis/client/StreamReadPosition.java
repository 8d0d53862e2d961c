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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/** Where the next read of one stream goes on. Mutable; fetcher thread only. */
@Internal
public final class StreamReadPosition {

    private final String streamKey;
    private final byte[] keyBytes;
    private long milliseconds;
    private long sequence;

    public StreamReadPosition(String streamKey, StreamEntryId after) {
        this.streamKey = streamKey;
        this.keyBytes = streamKey.getBytes(StandardCharsets.UTF_8);
        moveTo(after.milliseconds(), after.sequence());
    }

    public String streamKey() {
        return streamKey;
    }

    /** The key as it goes over the wire; not to be modified. */
    public byte[] keyBytes() {
        return keyBytes;
    }

    public long milliseconds() {
        return milliseconds;
    }

    public long sequence() {
        return sequence;
    }

    public StreamEntryId id() {
        return new StreamEntryId(milliseconds, sequence);
    }

    public void moveTo(long newMilliseconds, long newSequence) {
        milliseconds = newMilliseconds;
        sequence = newSequence;
    }
}
