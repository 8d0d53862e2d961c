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

package io.activedataflow.flink.connector.recordfile.source.reader;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/**
 * A record of a batch, with what it was decoded to if that was done ahead. The same object for all
 * records of a split, moved from one to the next. Task thread only.
 */
@Internal
final class FetchedRecord<T> {

    private final RecordCursor cursor;
    private @Nullable DecodedRecords<T> decoded;
    private int index;

    FetchedRecord(RecordCursor cursor) {
        this.cursor = cursor;
    }

    void moveTo(FileBlock block, @Nullable DecodedRecords<T> decodedRecords, int record) {
        cursor.moveTo(block, record);
        decoded = decodedRecords;
        index = record;
    }

    RecordCursor cursor() {
        return cursor;
    }

    /** The records of the block, decoded, or null if they are still to be. */
    @Nullable
    DecodedRecords<T> decoded() {
        return decoded;
    }

    /** Which one of the block's records this is. */
    int index() {
        return index;
    }
}
