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

import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsEntry;

import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.testutils.junit.SharedReference;
import org.apache.flink.util.Collector;

import java.io.IOException;

/** Reads numbered entries; keeps the reader from being created until the gate is opened. */
final class GatedSchema implements RedisStreamsDeserializationSchema<Tuple2<String, Long>> {

    private static final long serialVersionUID = 1L;

    private final SharedReference<Gate> opening;
    private final RedisStreamsDeserializationSchema<Tuple2<String, Long>> numbers =
            NumberedStreams.schema();

    GatedSchema(SharedReference<Gate> opening) {
        this.opening = opening;
    }

    @Override
    public void open(InitializationContext context) throws Exception {
        opening.get().pass();
        numbers.open(context);
    }

    @Override
    public void deserialize(RedisStreamsEntry entry, Collector<Tuple2<String, Long>> out)
            throws IOException {
        numbers.deserialize(entry, out);
    }

    @Override
    public TypeInformation<Tuple2<String, Long>> getProducedType() {
        return numbers.getProducedType();
    }
}
