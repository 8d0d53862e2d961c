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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit.Kind;

import org.apache.flink.core.fs.Path;

/** Splits of files that need not exist. */
final class TestSplits {

    static final long SIZE = 100;
    static final long MODIFICATION_TIME = 1_700_000_000_000L;

    private TestSplits() {}

    /** A whole file of {@link #SIZE} bytes. */
    static RecordFileSplit file(String id) {
        return of(id, new Path("/data/" + id), 0, SIZE, Kind.READ, SIZE);
    }

    static RecordFileSplit range(String id, long offset, long length, Kind kind) {
        return of(id, new Path("/data/" + id), offset, length, kind, SIZE);
    }

    static RecordFileSplit of(
            String id, Path path, long offset, long length, Kind kind, long fileSize) {
        return new RecordFileSplit(
                id,
                path,
                offset,
                length,
                kind,
                RecordFileIdentity.ofListed(fileSize, MODIFICATION_TIME),
                RecordFilePosition.atOffset(offset),
                0,
                "");
    }
}
