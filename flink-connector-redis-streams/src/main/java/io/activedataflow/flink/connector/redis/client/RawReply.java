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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.StreamEntryId;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads replies of the control plane as the Redis client hands them out undecoded: byte arrays,
 * longs and lists. Its own stream types are not used: their IDs are signed.
 */
@Internal
final class RawReply {

    private RawReply() {}

    /** The elements; none where the reply is nil. */
    static List<?> list(@Nullable Object reply) {
        if (reply == null) {
            return List.of();
        }
        if (reply instanceof List<?> list) {
            return list;
        }
        throw unexpected("a list", reply);
    }

    /** A string or number as text. */
    static String text(Object reply) {
        if (reply instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        if (reply instanceof Long number) {
            return number.toString();
        }
        throw unexpected("a string", reply);
    }

    static long number(Object reply) {
        if (reply instanceof Long number) {
            return number;
        }
        try {
            return Long.parseLong(text(reply));
        } catch (NumberFormatException e) {
            throw unexpected("a number", reply);
        }
    }

    static StreamEntryId id(Object reply) {
        try {
            return StreamEntryId.parse(text(reply));
        } catch (IllegalArgumentException e) {
            throw unexpected("an entry ID", reply);
        }
    }

    /** The value that follows this name in a list of names and values, or null. */
    @Nullable
    static Object field(List<?> namesAndValues, String name) {
        for (int i = 0; i + 1 < namesAndValues.size(); i += 2) {
            if (text(namesAndValues.get(i)).equals(name)) {
                return namesAndValues.get(i + 1);
            }
        }
        return null;
    }

    /** The value that follows this name, which every server gives. */
    static Object requiredField(List<?> namesAndValues, String name) {
        Object value = field(namesAndValues, name);
        if (value == null) {
            throw unexpected("the field '" + name + "'", namesAndValues);
        }
        return value;
    }

    /**
     * A stream key as text.
     *
     * @throws RedisStreamsException if it is not valid UTF-8
     */
    static String key(Object reply) {
        byte[] bytes = (byte[]) reply;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new RedisStreamsException(
                    RedisStreamsException.Kind.FATAL,
                    "The pattern matches the stream key '"
                            + RespSyntax.escape(bytes, 0, bytes.length)
                            + "', which is not valid UTF-8. Only keys that are can be read. Use a"
                            + " narrower pattern that does not match it.",
                    e);
        }
    }

    private static RedisStreamsException unexpected(String expected, @Nullable Object reply) {
        String shown =
                reply instanceof byte[] bytes
                        ? RespSyntax.escape(bytes, 0, Math.min(bytes.length, 64))
                        : String.valueOf(reply);
        return new RedisStreamsException(
                RedisStreamsException.Kind.FATAL,
                "Redis answered in a form this connector does not know: expected "
                        + expected
                        + ", got '"
                        + shown
                        + "'. Check the version of the server; 6.2 or later is needed.",
                null);
    }
}
