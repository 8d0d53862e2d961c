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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;

/** One way of {@link RecordFileTimestamps}. Used by one thread. */
@Internal
interface TimestampExtractor extends Serializable {

    /** A property of records that is always there. */
    @FunctionalInterface
    interface Property extends Serializable {
        long of(RecordFileRecord record);
    }

    static TimestampExtractor of(String name, Property property) {
        return new OfProperty(name, property);
    }

    void open(RecordFileDeserializationSchema.Context context);

    long extract(RecordFileRecord record) throws MalformedRecordException;

    /** Of the record itself, not of its columns. */
    record OfProperty(String name, Property property) implements TimestampExtractor {

        private static final long serialVersionUID = 1L;

        @Override
        public void open(RecordFileDeserializationSchema.Context context) {}

        @Override
        public long extract(RecordFileRecord record) {
            return property.of(record);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
