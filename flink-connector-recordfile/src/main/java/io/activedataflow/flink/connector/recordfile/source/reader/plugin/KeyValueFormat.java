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

package io.activedataflow.flink.connector.recordfile.source.reader.plugin;

import io.activedataflow.flink.connector.recordfile.format.compression.Compression;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;

import java.io.IOException;
import java.util.Objects;

/**
 * A format of the user's own: a function that reads records with keys from a stream. The position
 * in a file is a number of records, so that a restore costs reading all that lies before. Files are
 * never split.
 *
 * <p>In a {@code RecordFileSource}, files are opened with the retries that it is given, and reads
 * are broken off when it is closed; in Flink's own file source, with the default retries.
 *
 * <pre>{@code
 * KeyValueFormat.of(
 *         content ->
 *                 new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))
 *                         .lines()
 *                         .map(line -> new KeyValue<>(line.substring(0, 8), line.substring(8)))
 *                         .iterator(),
 *         Types.STRING,
 *         Types.STRING);
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
@PublicEvolving
public final class KeyValueFormat<K, V> implements BulkFormat<KeyValue<K, V>, FileSourceSplit> {

    private static final long serialVersionUID = 1L;

    private final KeyValueFunction<K, V> function;
    private final TypeInformation<KeyValue<K, V>> type;
    private final Compression compression;

    private KeyValueFormat(
            KeyValueFunction<K, V> function,
            TypeInformation<KeyValue<K, V>> type,
            Compression compression) {
        this.function = Objects.requireNonNull(function, "function");
        this.type = type;
        this.compression = Objects.requireNonNull(compression, "compression");
    }

    /** Reads files with a function; how they are compressed is found out by their first bytes. */
    public static <K, V> KeyValueFormat<K, V> of(
            KeyValueFunction<K, V> function,
            TypeInformation<K> keyType,
            TypeInformation<V> valueType) {
        return new KeyValueFormat<>(function, KeyValue.type(keyType, valueType), Compression.AUTO);
    }

    /** How the files are compressed; by default found out for each file. */
    public KeyValueFormat<K, V> withCompression(Compression known) {
        return new KeyValueFormat<>(function, type, known);
    }

    @Override
    public Reader<KeyValue<K, V>> createReader(Configuration config, FileSourceSplit split)
            throws IOException {
        return restoreReader(config, split);
    }

    @Override
    public Reader<KeyValue<K, V>> restoreReader(Configuration config, FileSourceSplit split)
            throws IOException {
        long skip =
                split.getReaderPosition()
                        .map(CheckpointedPosition::getRecordsAfterOffset)
                        .orElse(0L);
        return KeyValueReader.open(function, compression, split, skip);
    }

    @Override
    public boolean isSplittable() {
        return false;
    }

    @Override
    public TypeInformation<KeyValue<K, V>> getProducedType() {
        return type;
    }

    @Override
    public String toString() {
        return "records with keys, read by " + function.getClass().getName();
    }
}
