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

import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileEnumState;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.testutils.junit.SharedReference;

import java.io.IOException;

/** A source that tells how large the state of its enumerator is in each checkpoint. */
final class MeasuredSource<T>
        implements Source<T, RecordFileSplit, RecordFileEnumState>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1L;

    private final RecordFileSource<T> source;
    private final SharedReference<SoakTally> tally;

    MeasuredSource(RecordFileSource<T> source, SharedReference<SoakTally> tally) {
        this.source = source;
        this.tally = tally;
    }

    @Override
    public Boundedness getBoundedness() {
        return source.getBoundedness();
    }

    @Override
    public SourceReader<T, RecordFileSplit> createReader(SourceReaderContext context)
            throws Exception {
        return source.createReader(context);
    }

    @Override
    public SplitEnumerator<RecordFileSplit, RecordFileEnumState> createEnumerator(
            SplitEnumeratorContext<RecordFileSplit> context) {
        return source.createEnumerator(context);
    }

    @Override
    public SplitEnumerator<RecordFileSplit, RecordFileEnumState> restoreEnumerator(
            SplitEnumeratorContext<RecordFileSplit> context, RecordFileEnumState state) {
        return source.restoreEnumerator(context, state);
    }

    @Override
    public SimpleVersionedSerializer<RecordFileSplit> getSplitSerializer() {
        return source.getSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<RecordFileEnumState> getEnumeratorCheckpointSerializer() {
        SimpleVersionedSerializer<RecordFileEnumState> serializer =
                source.getEnumeratorCheckpointSerializer();
        return new SimpleVersionedSerializer<>() {
            @Override
            public int getVersion() {
                return serializer.getVersion();
            }

            @Override
            public byte[] serialize(RecordFileEnumState state) throws IOException {
                byte[] bytes = serializer.serialize(state);
                tally.get().stateWritten(bytes.length);
                return bytes;
            }

            @Override
            public RecordFileEnumState deserialize(int version, byte[] bytes) throws IOException {
                return serializer.deserialize(version, bytes);
            }
        };
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return source.getProducedType();
    }
}
