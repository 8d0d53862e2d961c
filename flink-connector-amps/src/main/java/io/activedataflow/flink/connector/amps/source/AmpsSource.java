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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.client.AmpsAdminClient;
import io.activedataflow.flink.connector.amps.client.AmpsConnectionFactory;
import io.activedataflow.flink.connector.amps.source.enumerator.AmpsEnumState;
import io.activedataflow.flink.connector.amps.source.enumerator.AmpsEnumStateSerializer;
import io.activedataflow.flink.connector.amps.source.enumerator.AmpsEnumeratorSettings;
import io.activedataflow.flink.connector.amps.source.enumerator.AmpsSourceEnumerator;
import io.activedataflow.flink.connector.amps.source.reader.AmpsSourceReaderFactory;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitSerializer;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;

import javax.annotation.Nullable;

/**
 * Reads topics of AMPS into a Flink job; topics in the transaction log exactly once into Flink's
 * state.
 *
 * <pre>{@code
 * AmpsSource<String> source =
 *         AmpsSource.<String>builder()
 *                 .setConnection(
 *                         AmpsConnectionOptions.servers("tcp://localhost:9007/amps/json").build())
 *                 .setTopics("orders")
 *                 .setDeserializer(AmpsDeserializationSchema.string())
 *                 .build();
 *
 * env.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "orders").uid("orders");
 * }</pre>
 *
 * <p>Each subscription, of a topic, a regular expression for topics, or a shard of either, is a
 * split with a connection of its own. {@link AmpsSubscriptionKind} says what is guaranteed. The
 * position of a replay, the bookmark of the last message emitted and the highest sequence of each
 * publisher, lives in Flink's checkpoints and nowhere else: after a failure, a rescale, or a
 * restore of any retained checkpoint or savepoint, reading goes on with the message after it, on
 * the same server or another. A position that the log no longer has is handled as {@link
 * AmpsDataLossPolicy} says.
 *
 * <p>Messages of one split keep the order of the log they were read from. The timestamp of a record
 * is the time at which the server processed the message, unless {@link
 * AmpsSourceBuilder#setTimestamps} turns that off.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public final class AmpsSource<T>
        implements Source<T, AmpsSplit, AmpsEnumState>,
                ResultTypeQueryable<T>,
                LineageVertexProvider {

    private static final long serialVersionUID = 1L;

    private final AmpsConnectionOptions connection;
    private final AmpsEnumeratorSettings settings;
    private final AmpsConnectionFactory connections;
    private final TypeInformation<T> producedType;
    private final AmpsSourceReaderFactory<T> readerFactory;

    AmpsSource(
            AmpsConnectionOptions connection,
            AmpsEnumeratorSettings settings,
            AmpsConnectionFactory connections,
            TypeInformation<T> producedType,
            AmpsSourceReaderFactory<T> readerFactory) {
        this.connection = connection;
        this.settings = settings;
        this.connections = connections;
        this.producedType = producedType;
        this.readerFactory = readerFactory;
    }

    /** Starts to describe a source. */
    public static <T> AmpsSourceBuilder<T> builder() {
        return new AmpsSourceBuilder<>();
    }

    /** Bounded if a stop position other than "never" was set, and for a query alone. */
    @Override
    public Boundedness getBoundedness() {
        return settings.isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Internal
    @Override
    public SourceReader<T, AmpsSplit> createReader(SourceReaderContext context) throws Exception {
        return readerFactory.create(context);
    }

    @Internal
    @Override
    public SplitEnumerator<AmpsSplit, AmpsEnumState> createEnumerator(
            SplitEnumeratorContext<AmpsSplit> context) {
        return enumerator(context, null);
    }

    @Internal
    @Override
    public SplitEnumerator<AmpsSplit, AmpsEnumState> restoreEnumerator(
            SplitEnumeratorContext<AmpsSplit> context, AmpsEnumState state) {
        return enumerator(context, state);
    }

    private AmpsSourceEnumerator enumerator(
            SplitEnumeratorContext<AmpsSplit> context, @Nullable AmpsEnumState state) {
        return new AmpsSourceEnumerator(
                context,
                settings,
                connections,
                LogEnds.bySubscription(),
                AmpsAdminClient::topics,
                state);
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<AmpsSplit> getSplitSerializer() {
        return AmpsSplitSerializer.INSTANCE;
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<AmpsEnumState> getEnumeratorCheckpointSerializer() {
        return AmpsEnumStateSerializer.INSTANCE;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return producedType;
    }

    @Override
    public LineageVertex getLineageVertex() {
        return AmpsLineage.of(connection, settings.selection(), getBoundedness());
    }

    @Override
    public String toString() {
        return "AmpsSource{"
                + settings.kind()
                + " of "
                + settings.selection()
                + " from "
                + connection
                + '}';
    }
}
