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

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.function.SerializableFunction;

import java.io.Serializable;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What happens to a record that is malformed: the framing could not make sense of it, or its
 * deserialization throws an exception.
 *
 * <p>The elements that the deserializer had produced from the record before it failed are discarded
 * in any case, and the position moves past the record once it has been dealt with. A failure of an
 * operator further down the chain, and an {@link Error}, fail the job whatever the policy.
 *
 * @param <T> the type of the source's elements
 */
@PublicEvolving
public abstract class RecordFileMalformedPolicy<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    RecordFileMalformedPolicy() {}

    /**
     * Fails the job, naming the file, offset, line and the cause; the position stays before the
     * record. The default.
     */
    public static <T> RecordFileMalformedPolicy<T> fail() {
        return new Fail<>();
    }

    /**
     * Leaves the record out. It is counted in {@code numRecordsInErrors}, and a warning with the
     * position and the cause of one such record is logged at most once a minute.
     */
    public static <T> RecordFileMalformedPolicy<T> skip() {
        return new Skip<>();
    }

    /**
     * Takes a value that does not fit the type of its column as null; whatever else is wrong with a
     * record fails the job. The values are counted in {@code fieldsNulled}, their records once each
     * in {@code numRecordsInErrors}.
     *
     * <p>Where a column cannot be null, as a primitive field of a class cannot, the record is
     * malformed as a whole.
     */
    public static <T> RecordFileMalformedPolicy<T> nullField() {
        return nullField(fail());
    }

    /**
     * As {@link #nullField()}, with another policy for whatever else is wrong with a record.
     *
     * @param others the policy for records that nulls do not help
     */
    public static <T> RecordFileMalformedPolicy<T> nullField(RecordFileMalformedPolicy<T> others) {
        return new NullField<>(Objects.requireNonNull(others, "others"));
    }

    /**
     * Emits an element in place of the record, with the record's timestamp where that is known, for
     * example the left side of an {@code Either} that goes to a dead-letter sink. The record is
     * counted in {@code numRecordsInErrors}.
     *
     * @param function makes the element from the raw record, on the task thread; for null nothing
     *     is emitted; its exceptions fail the job
     */
    public static <T> RecordFileMalformedPolicy<T> emit(
            SerializableFunction<RecordFileMalformedRecord, ? extends T> function) {
        return new Emit<>(Objects.requireNonNull(function, "function"));
    }

    abstract MalformedRecordHandler<T> createHandler(Counter errors, LongSupplier nanoClock);

    /** Whether values that do not fit their columns are taken as null. */
    boolean nullsFields() {
        return false;
    }

    private static final class Fail<T> extends RecordFileMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        @Override
        MalformedRecordHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return MalformedRecordHandler.failing();
        }

        @Override
        public String toString() {
            return "fail";
        }
    }

    private static final class Skip<T> extends RecordFileMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        @Override
        MalformedRecordHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return new SkippingRecordHandler<>(errors, nanoClock);
        }

        @Override
        public String toString() {
            return "skip";
        }
    }

    private static final class NullField<T> extends RecordFileMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        private final RecordFileMalformedPolicy<T> others;

        NullField(RecordFileMalformedPolicy<T> others) {
            this.others = others;
        }

        @Override
        MalformedRecordHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return others.createHandler(errors, nanoClock);
        }

        @Override
        boolean nullsFields() {
            return true;
        }

        @Override
        public String toString() {
            return "null field, else " + others;
        }
    }

    private static final class Emit<T> extends RecordFileMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        private final SerializableFunction<RecordFileMalformedRecord, ? extends T> function;

        Emit(SerializableFunction<RecordFileMalformedRecord, ? extends T> function) {
            this.function = function;
        }

        @Override
        MalformedRecordHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return (record, cause) -> {
                errors.inc();
                return function.apply(RecordFileMalformedRecord.copyOf(record, cause));
            };
        }

        @Override
        public String toString() {
            return "emit";
        }
    }
}
