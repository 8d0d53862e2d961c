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

package io.activedataflow.flink.connector.redis.source;

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClientFactory;
import io.activedataflow.flink.connector.redis.source.enumerator.RedisStreamsEnumState;
import io.activedataflow.flink.connector.redis.source.enumerator.RedisStreamsEnumStateSerializer;
import io.activedataflow.flink.connector.redis.source.enumerator.RedisStreamsEnumeratorSettings;
import io.activedataflow.flink.connector.redis.source.enumerator.RedisStreamsSourceEnumerator;
import io.activedataflow.flink.connector.redis.source.reader.RedisStreamsSourceReaderFactory;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplitSerializer;

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

/**
 * Reads Redis Streams into a Flink job, every entry exactly once into Flink's state.
 *
 * <pre>{@code
 * RedisStreamsSource<String> source =
 *         RedisStreamsSource.<String>builder()
 *                 .setConnection(RedisStreamsConnectionOptions.standalone("localhost", 6379))
 *                 .setTopic("orders")
 *                 .setDeserializer(
 *                         RedisStreamsDeserializationSchema.field("value", new SimpleStringSchema()))
 *                 .build();
 *
 * env.fromSource(source, WatermarkStrategy.forMonotonousTimestamps(), "orders").uid("orders");
 * }</pre>
 *
 * <p>Each stream is a split. Its position, the ID of the last entry emitted, lives in Flink's
 * checkpoints and nowhere else: after a failure, a rescale, or a restore of any retained checkpoint
 * or savepoint, reading goes on with the entry after it, by {@code XREAD}. No entry is acknowledged
 * and no pending list is kept. Positions are compared with the server before reading goes on, and
 * periodically: entries that were trimmed unread, and streams that were deleted, written anew or
 * rolled back, are handled as {@link RedisStreamsDataLossPolicy} and {@link
 * RedisStreamsResetPolicy} say.
 *
 * <p>Entries of one stream keep their order. The timestamp of a record is the first half of its
 * entry ID, by default the server's clock in milliseconds when the entry was added.
 *
 * @param <T> the type of the records
 */
@PublicEvolving
public final class RedisStreamsSource<T>
        implements Source<T, RedisStreamsSplit, RedisStreamsEnumState>,
                ResultTypeQueryable<T>,
                LineageVertexProvider {

    private static final long serialVersionUID = 1L;

    private final RedisStreamsConnectionOptions connection;
    private final RedisStreamsEnumeratorSettings settings;
    private final RedisStreamsClientFactory clients;
    private final TypeInformation<T> producedType;
    private final RedisStreamsSourceReaderFactory<T> readerFactory;

    RedisStreamsSource(
            RedisStreamsConnectionOptions connection,
            RedisStreamsEnumeratorSettings settings,
            RedisStreamsClientFactory clients,
            TypeInformation<T> producedType,
            RedisStreamsSourceReaderFactory<T> readerFactory) {
        this.connection = connection;
        this.settings = settings;
        this.clients = clients;
        this.producedType = producedType;
        this.readerFactory = readerFactory;
    }

    /** Starts to describe a source. */
    public static <T> RedisStreamsSourceBuilder<T> builder() {
        return new RedisStreamsSourceBuilder<>();
    }

    /** Bounded if a stop position other than "never" was set. */
    @Override
    public Boundedness getBoundedness() {
        return settings.stop().isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Internal
    @Override
    public SourceReader<T, RedisStreamsSplit> createReader(SourceReaderContext context)
            throws Exception {
        return readerFactory.create(context);
    }

    @Internal
    @Override
    public SplitEnumerator<RedisStreamsSplit, RedisStreamsEnumState> createEnumerator(
            SplitEnumeratorContext<RedisStreamsSplit> context) {
        return new RedisStreamsSourceEnumerator(context, settings, clients, null);
    }

    @Internal
    @Override
    public SplitEnumerator<RedisStreamsSplit, RedisStreamsEnumState> restoreEnumerator(
            SplitEnumeratorContext<RedisStreamsSplit> context, RedisStreamsEnumState state) {
        return new RedisStreamsSourceEnumerator(context, settings, clients, state);
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<RedisStreamsSplit> getSplitSerializer() {
        return RedisStreamsSplitSerializer.INSTANCE;
    }

    @Internal
    @Override
    public SimpleVersionedSerializer<RedisStreamsEnumState> getEnumeratorCheckpointSerializer() {
        return RedisStreamsEnumStateSerializer.INSTANCE;
    }

    @Override
    public TypeInformation<T> getProducedType() {
        return producedType;
    }

    @Override
    public LineageVertex getLineageVertex() {
        return RedisStreamsLineage.of(connection, settings.selection(), getBoundedness());
    }

    @Override
    public String toString() {
        return "RedisStreamsSource{" + settings.selection() + " of " + connection + '}';
    }
}
