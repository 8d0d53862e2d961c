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

import io.activedataflow.flink.connector.recordfile.source.enumerator.ParallelismInference;
import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileEnumState;
import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileEnumStateSerializer;
import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileEnumeratorSettings;
import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileSourceEnumerator;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordFileSourceReaderFactory;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitSerializer;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.DynamicParallelismInference;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

/**
 * Reads files of records into a Flink job, every record exactly once into Flink's state.
 *
 * <pre>{@code
 * RecordFileSource<Order> source =
 *         RecordFileSource.<Order>builder()
 *                 .setPaths("s3://bucket/orders")
 *                 .setFormat(
 *                         JsonLinesFraming.create(),
 *                         RecordFileDeserializationSchema.pojo(Order.class))
 *                 .build();
 *
 * env.fromSource(source, WatermarkStrategy.noWatermarks(), "orders").uid("orders");
 * }</pre>
 *
 * <p>Each file, or part of a large one, is a split. Its position, the byte offset of the next
 * record, lives in Flink's checkpoints and nowhere else: after a failure, a rescale, or a restore
 * of any retained checkpoint or savepoint, reading goes on there, for the price of one seek. Of a
 * compressed file, what lies between there and the beginning of its member or frame is decompressed
 * once more. A file that is not the one that was found any more is handled as {@link
 * RecordFileChangePolicy} says.
 *
 * <p>Bounded by default: the files that are there are read, and the source ends. With {@link
 * RecordFileSourceBuilder#setContinuous()} new files are looked for until the job is stopped.
 *
 * <p>Records of one split keep their order. Splits are read by several readers at the same time, so
 * that there is no order between files, unless {@link RecordFileDistribution} makes one.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public final class RecordFileSource<T>
        implements Source<T, RecordFileSplit, RecordFileEnumState>,
                DynamicParallelismInference,
                ResultTypeQueryable<T>,
                LineageVertexProvider {

    private static final long serialVersionUID = 1L;

    private final RecordFileEnumeratorSettings settings;
    private final TypeInformation<T> producedType;
    private final RecordFileSourceReaderFactory<T> readerFactory;

    RecordFileSource(
            RecordFileEnumeratorSettings settings,
            TypeInformation<T> producedType,
            RecordFileSourceReaderFactory<T> readerFactory) {
        this.settings = settings;
        this.producedType = producedType;
        this.readerFactory = readerFactory;
    }

    RecordFileEnumeratorSettings settings() {
        return settings;
    }

    /**
     * Starts to describe a source.
     *
     * @param <T> the type of the elements
     */
    public static <T> RecordFileSourceBuilder<T> builder() {
        return new RecordFileSourceBuilder<>();
    }

    /** Bounded unless it was made continuous. */
    @Override
    public Boundedness getBoundedness() {
        return settings.bounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    /**
     * For batch jobs: as many readers as there are files or parts of files, up to the bound that
     * Flink gives; the bound itself if the files cannot be listed. Lists the files once.
     */
    @Override
    public int inferParallelism(DynamicParallelismInference.Context context) {
        return ParallelismInference.infer(settings, context.getParallelismInferenceUpperBound());
    }

    @Internal
    @Override
    public SourceReader<T, RecordFileSplit> createReader(SourceReaderContext context)
            throws Exception {
        return readerFactory.create(context);
    }

    @Internal
    @Override
    public SplitEnumerator<RecordFileSplit, RecordFileEnumState> createEnumerator(
            SplitEnumeratorContext<RecordFileSplit> context) {
        return new RecordFileSourceEnumerator(context, settings, null);
    }

    @Internal
    @Override
    public SplitEnumerator<RecordFileSplit, RecordFileEnumState> restoreEnumerator(
            SplitEnumeratorContext<RecordFileSplit> context, RecordFileEnumState state) {
        return new RecordFileSourceEnumerator(context, settings, state);
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<RecordFileSplit> getSplitSerializer() {
        return RecordFileSplitSerializer.INSTANCE;
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<RecordFileEnumState> getEnumeratorCheckpointSerializer() {
        return RecordFileEnumStateSerializer.INSTANCE;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return producedType;
    }

    @Override
    public LineageVertex getLineageVertex() {
        return RecordFileLineage.of(settings.discovery().selection(), getBoundedness());
    }

    @Override
    public String toString() {
        return "RecordFileSource{" + settings.discovery().selection() + '}';
    }
}
