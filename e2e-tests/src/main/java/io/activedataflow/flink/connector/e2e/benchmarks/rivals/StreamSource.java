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

package io.activedataflow.flink.connector.e2e.benchmarks.rivals;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

import java.util.Optional;

/** A source of one stream, from its beginning, for comparison. */
public final class StreamSource<T>
        implements Source<T, StreamSplit, Optional<StreamSplit>>, ResultTypeQueryable<T> {

    private static final long serialVersionUID = 1L;

    private final EntryConverter<T> converter;
    private final StreamReaders<T> readers;

    public StreamSource(EntryConverter<T> converter, StreamReaders<T> readers) {
        this.converter = converter;
        this.readers = readers;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SplitEnumerator<StreamSplit, Optional<StreamSplit>> createEnumerator(
            SplitEnumeratorContext<StreamSplit> context) {
        return new StreamEnumerator(
                context, Optional.of(new StreamSplit(readers.address().key(), 0, 0)));
    }

    @Override
    public SplitEnumerator<StreamSplit, Optional<StreamSplit>> restoreEnumerator(
            SplitEnumeratorContext<StreamSplit> context, Optional<StreamSplit> unassigned) {
        return new StreamEnumerator(context, unassigned);
    }

    @Override
    public SourceReader<T, StreamSplit> createReader(SourceReaderContext context) {
        return readers.create(context);
    }

    @Override
    public SimpleVersionedSerializer<StreamSplit> getSplitSerializer() {
        return new StreamSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Optional<StreamSplit>> getEnumeratorCheckpointSerializer() {
        return new UnassignedSerializer();
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return converter.type();
    }
}
