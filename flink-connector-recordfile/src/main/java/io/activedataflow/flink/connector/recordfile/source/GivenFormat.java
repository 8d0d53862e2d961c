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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;
import io.activedataflow.flink.connector.recordfile.source.enumerator.FileCutting;
import io.activedataflow.flink.connector.recordfile.source.reader.ReaderOptions;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileErrorLimit;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileMalformedPolicy;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileSourceReaderFactory;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;

/** The format that the user has given, and what goes with it. */
@Internal
final class GivenFormat<T> {

    private RecordFileFormat<T> own;
    private BulkFormat<T, FileSourceSplit> bulk;
    RecordFileMalformedPolicy<T> malformedPolicy;
    RecordFileErrorLimit errorLimit = RecordFileErrorLimit.none();
    RecordFileTimestamps timestamps = RecordFileTimestamps.none();

    void set(RecordFileFormat<T> format) {
        own = format;
        bulk = null;
    }

    void set(BulkFormat<T, FileSourceSplit> format) {
        own = null;
        bulk = format;
    }

    /** Whether it is one of the connector's own, and so its positions are offsets of records. */
    boolean isOwn() {
        return own != null;
    }

    void check(SourceProblems problems) {
        problems.requireGiven(own != null || bulk != null, "No format is given: call setFormat.");
        if (own != null) {
            problems.checkFraming(own.framing(), timestamps);
        }
        if (bulk != null) {
            problems.checkBulkFormat(bulk, malformedPolicy, errorLimit, timestamps);
        }
    }

    TypeInformation<T> producedType() {
        return own == null ? bulk.getProducedType() : own.getProducedType();
    }

    FileCutting cutting(RecordFileSplitSettings sizes) {
        return own == null
                ? FileCutting.ofFlinkFormat(bulk.isSplittable(), sizes)
                : new FileCutting(own.splitting(), true, own.whyNotSplittable(), sizes);
    }

    RecordFileSourceReaderFactory<T> readerFactory(
            RecordFileSelection selection, FlinkFileAccess files, ReaderOptions options) {
        return own == null
                ? RecordFileSourceReaderFactory.of(
                        bulk,
                        selection,
                        timestamps.origin() == RecordFileTimestamps.Origin.FILE,
                        files,
                        options)
                : RecordFileSourceReaderFactory.of(
                        own,
                        selection,
                        timestamps,
                        malformedPolicy == null
                                ? RecordFileMalformedPolicy.fail()
                                : malformedPolicy,
                        errorLimit,
                        files,
                        options);
    }
}
