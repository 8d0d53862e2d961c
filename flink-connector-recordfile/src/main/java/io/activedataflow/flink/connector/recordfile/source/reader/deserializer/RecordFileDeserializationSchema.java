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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.util.Collector;

import javax.annotation.Nullable;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Turns a record of a file into any number of elements.
 *
 * <p>All methods but {@link #getProducedType} run on the task thread. What {@link #deserialize}
 * hands to the collector is emitted after it has returned: an exception discards the record's
 * elements together, and the record is then treated as the source's policy for malformed records
 * says. An element must therefore not be changed before {@code deserialize} has returned; it may be
 * re-used for the next record as Flink's rules of object re-use allow.
 *
 * @param <T> the type of the elements
 */
@PublicEvolving
public interface RecordFileDeserializationSchema<T> extends Serializable, ResultTypeQueryable<T> {

    /** Called once in each reader, before the first record. */
    default void open(Context context) throws Exception {}

    /**
     * Deserializes one record.
     *
     * @param record a view that is valid only during the call
     * @param out takes zero or more elements; null elements are not allowed
     * @throws IOException if the record is malformed; unchecked exceptions mean the same
     */
    void deserialize(RecordFileRecord record, Collector<T> out) throws IOException;

    /** What a schema is opened with. */
    interface Context extends DeserializationSchema.InitializationContext {

        /**
         * A reader of named columns of the records of this source.
         *
         * @param columns the columns wanted, or null for all columns of each record
         * @throws UnsupportedOperationException if records of this format have no columns
         */
        ColumnReader columns(@Nullable List<String> columns);

        /**
         * To be called for a value that does not fit its column's type. Returns if the value is to
         * be taken as null, which has been counted then.
         *
         * @throws MalformedRecordException the one given, if the record is malformed for that
         */
        void fieldFailed(MalformedRecordException error) throws MalformedRecordException;
    }
}
