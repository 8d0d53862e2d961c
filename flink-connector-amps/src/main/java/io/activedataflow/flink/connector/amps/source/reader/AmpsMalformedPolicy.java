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

package io.activedataflow.flink.connector.amps.source.reader;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.function.SerializableFunction;

import java.io.Serializable;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * What happens to a message whose deserialization throws an exception.
 *
 * <p>The elements that the deserializer had produced from the message before it failed are
 * discarded in any case, and the position moves past the message once it has been dealt with. Only
 * exceptions of the deserializer make a message malformed; a failure of an operator further down
 * the chain, and an {@link Error}, fail the job whatever the policy.
 *
 * @param <T> the type of the source's elements
 */
@PublicEvolving
public abstract class AmpsMalformedPolicy<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    AmpsMalformedPolicy() {}

    /**
     * Fails the job, naming the topic, the bookmark and the cause; the position stays before the
     * message. The default.
     */
    public static <T> AmpsMalformedPolicy<T> fail() {
        return new Fail<>();
    }

    /**
     * Leaves the message out. It is counted in {@code numRecordsInErrors}, and a warning with the
     * position and the cause of one such message is logged at most once a minute.
     */
    public static <T> AmpsMalformedPolicy<T> skip() {
        return new Skip<>();
    }

    /**
     * Emits an element in place of the message, with the message's timestamp, for example the left
     * side of an {@code Either} that goes to a dead-letter sink. The message is counted in {@code
     * numRecordsInErrors}.
     *
     * @param function makes the element from the raw message, on the task thread; for null nothing
     *     is emitted; its exceptions fail the job
     */
    public static <T> AmpsMalformedPolicy<T> emit(
            SerializableFunction<AmpsMalformedMessage, ? extends T> function) {
        return new Emit<>(Objects.requireNonNull(function, "function"));
    }

    abstract MalformedMessageHandler<T> createHandler(Counter errors, LongSupplier nanoClock);

    private static final class Fail<T> extends AmpsMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        @Override
        MalformedMessageHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return MalformedMessageHandler.failing();
        }

        @Override
        public String toString() {
            return "fail";
        }
    }

    private static final class Skip<T> extends AmpsMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        @Override
        MalformedMessageHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return new SkippingMessageHandler<>(errors, nanoClock);
        }

        @Override
        public String toString() {
            return "skip";
        }
    }

    private static final class Emit<T> extends AmpsMalformedPolicy<T> {
        private static final long serialVersionUID = 1L;

        private final SerializableFunction<AmpsMalformedMessage, ? extends T> function;

        Emit(SerializableFunction<AmpsMalformedMessage, ? extends T> function) {
            this.function = function;
        }

        @Override
        MalformedMessageHandler<T> createHandler(Counter errors, LongSupplier nanoClock) {
            return (message, cause) -> {
                errors.inc();
                return function.apply(AmpsMalformedMessage.copyOf(message, cause));
            };
        }

        @Override
        public String toString() {
            return "emit";
        }
    }
}
