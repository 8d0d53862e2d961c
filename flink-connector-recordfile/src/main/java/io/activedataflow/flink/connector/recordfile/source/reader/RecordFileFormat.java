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

import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;
import java.util.Objects;

/**
 * How the files are written, and what is made of their records.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public final class RecordFileFormat<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final RecordFileFraming framing;
    private final RecordFileDeserializationSchema<T> deserializer;

    private RecordFileFormat(
            RecordFileFraming framing, RecordFileDeserializationSchema<T> deserializer) {
        this.framing = Objects.requireNonNull(framing, "framing");
        this.deserializer = Objects.requireNonNull(deserializer, "deserializer");
    }

    public static <T> RecordFileFormat<T> of(
            RecordFileFraming framing, RecordFileDeserializationSchema<T> deserializer) {
        return new RecordFileFormat<>(framing, deserializer);
    }

    public RecordFileFraming framing() {
        return framing;
    }

    public RecordFileDeserializationSchema<T> deserializer() {
        return deserializer;
    }
}
