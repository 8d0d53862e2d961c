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

import javax.annotation.Nullable;

/**
 * What {@code XINFO STREAM} says of a stream at one moment.
 *
 * @param length the number of entries
 * @param lastGeneratedId the ID of the last entry ever added, whether it is still there or not
 * @param firstEntryId the ID of the first entry that is still there, or null if there is none
 * @param entriesAdded how many entries were ever added; {@link #UNKNOWN} before Redis 7.0
 * @param maxDeletedEntryId the largest ID ever removed by {@code XDEL}, or null before Redis 7.0
 * @see <a href="https://redis.io/docs/latest/commands/xinfo-stream/">XINFO STREAM</a>
 */
@Internal
public record StreamInfo(
        long length,
        StreamEntryId lastGeneratedId,
        @Nullable StreamEntryId firstEntryId,
        long entriesAdded,
        @Nullable StreamEntryId maxDeletedEntryId) {

    public static final long UNKNOWN = -1L;

    /** Whether the server counts entries (Redis 7.0 and later). */
    public boolean countsEntries() {
        return entriesAdded != UNKNOWN;
    }
}
