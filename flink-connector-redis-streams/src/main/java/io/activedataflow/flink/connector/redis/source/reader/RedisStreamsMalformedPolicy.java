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

package io.activedataflow.flink.connector.redis.source.reader;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.function.SerializableFunction;

import java.io.Serializable;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What happens to an entry whose deserialization throws an exception.
 *
 * <p>The elements that the deserializer had produced from the entry before it failed are discarded
 * in any case, and the position moves past the entry once it has been dealt with. Only exceptions
 * of the deserializer make an entry malformed; a failure of an operator further down the chain, and
 * an {@link Error}, fail the job whatever the policy.
 *
 * @param <T> the type of the source's elements
 */
@PublicEvolving
public abstract class RedisStreamsMalformedPolicy<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    RedisStreamsMalformedPolicy() {}

    /**
     * Fails the job, naming the stream, the entry ID and the cause; the position stays before the
     * entry. The default.
     */
    public static <T> RedisStreamsMalformedPolicy<T> fail() {
        return new Fail<>();
    }

    /**
     * Leaves the entry out. It is counted in {@code numRecordsInErrors}, and a warning with the
     * position and the cause of one such entry is logged at most once a minute.
     */
    public static <T> RedisStreamsMalformedPolicy<T> skip() {
        return new Skip<>();
    }

    /**
     * Emits an element in place of the entry, with the entry's timestamp, for example the left side
     * of an {@code Either} that goes to a dead-letter sink. The entry is counted in {@code
     * numRecordsInErrors}.
     *
     * @param function makes the element from the raw entry, on the task thread; for null nothing is
     *     emitted; its exceptions fail the job
     */
    public static <T> RedisStreamsMalformedPolicy<T> emit(
            SerializableFunction<RedisStreamsMalformedEntry, ? extends T> function) {
        return new Emit<>(Objects.requireNonNull(function, "function"));
    }

    abstract MalformedEntryHandler<T> createHandler(Counter errors, LongSupplier nanoClock);

    private static final class Fail<T> extends RedisStreamsMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        @Override
        MalformedEntryHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return MalformedEntryHandler.failing();
        }

        @Override
        public String toString() {
            return "fail";
        }
    }

    private static final class Skip<T> extends RedisStreamsMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        @Override
        MalformedEntryHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return new SkippingEntryHandler<>(errors, nanoClock);
        }

        @Override
        public String toString() {
            return "skip";
        }
    }

    private static final class Emit<T> extends RedisStreamsMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        private final SerializableFunction<RedisStreamsMalformedEntry, ? extends T> function;

        Emit(SerializableFunction<RedisStreamsMalformedEntry, ? extends T> function) {
            this.function = function;
        }

        @Override
        MalformedEntryHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return (entry, cause) -> {
                errors.inc();
                return function.apply(RedisStreamsMalformedEntry.copyOf(entry, cause));
            };
        }

        @Override
        public String toString() {
            return "emit";
        }
    }
}
