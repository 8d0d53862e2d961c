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

import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.io.IOException;

/** Carries out an {@link AmpsMalformedPolicy} in one reader. Task thread only. */
@FunctionalInterface
@Internal
interface MalformedMessageHandler<T> {

    /**
     * @return the element to emit in place of the message, or null to emit nothing
     * @throws IOException if the job is to fail
     */
    @Nullable
    T handle(AmpsMessage message, Exception cause) throws IOException;

    static <T> MalformedMessageHandler<T> failing() {
        return (message, cause) -> {
            throw new IOException(
                    "The message "
                            + describe(message)
                            + " cannot be deserialized: "
                            + describe(cause)
                            + " Correct the deserializer and restart from the last checkpoint, or"
                            + " choose what happens to such messages:"
                            + " onMalformed(AmpsMalformedPolicy.skip()) leaves them out and counts"
                            + " them, onMalformed(AmpsMalformedPolicy.emit(...)) turns them into"
                            + " dead letters.",
                    cause);
        };
    }

    /** Where a message stands. */
    static String describe(AmpsMessage message) {
        String identity =
                message.bookmark() == null
                        ? "without a bookmark"
                        : "with bookmark " + message.bookmark();
        return identity + " of topic '" + message.topic() + '\'';
    }

    /** The message of an exception as a sentence, or its class where it has none. */
    static String describe(Exception cause) {
        String message = cause.getMessage();
        String text = message == null || message.isBlank() ? cause.toString() : message;
        return text.endsWith(".") ? text : text + '.';
    }
}
