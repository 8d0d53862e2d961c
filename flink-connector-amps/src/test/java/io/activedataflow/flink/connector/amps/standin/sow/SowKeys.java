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

package io.activedataflow.flink.connector.amps.standin.sow;

import io.activedataflow.flink.connector.amps.standin.filter.BodyDelta;
import io.activedataflow.flink.connector.amps.standin.filter.BodyField;
import io.activedataflow.flink.connector.amps.standin.filter.FilterSyntaxException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gives the records of a topic their keys. A generated key is an unsigned 64-bit checksum over the
 * key domain and the key fields, in decimal. An explicit key has letters of base64.
 *
 * <p>What is not documented is decided here: a message without one of the key fields is refused,
 * one without an explicit key goes under the highest unsigned number.
 */
final class SowKeys {

    static final String NO_KEY = "18446744073709551615";

    private static final String BAD_KEY = "bad sow key";
    private static final Pattern GENERATED = Pattern.compile("\\d{1,20}");
    private static final Pattern EXPLICIT = Pattern.compile("[A-Za-z0-9+/=]+");
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final SowTopic topic;
    private final List<BodyField> fields = new ArrayList<>();

    SowKeys(SowTopic topic) {
        this.topic = topic;
        if (!topic.hasExplicitKeys() && !BodyField.supports(topic.messageType())) {
            throw new IllegalArgumentException(
                    "The keys of topic "
                            + topic.name()
                            + " cannot be made of fields, because those of message type "
                            + topic.messageType()
                            + " are not known; declare it with explicit keys.");
        }
        for (String field : topic.keyFields()) {
            try {
                fields.add(BodyField.parse(field));
            } catch (FilterSyntaxException e) {
                throw new IllegalArgumentException(
                        "Topic " + topic.name() + " has the wrong key field " + field + '.', e);
            }
        }
    }

    List<BodyField> fields() {
        return fields;
    }

    /**
     * The key of a message.
     *
     * @param explicit what the publisher sent; may be null
     */
    String of(byte[] body, String explicit) throws SowException {
        if (topic.hasExplicitKeys()) {
            if (explicit != null) {
                check(explicit);
            }
            return explicit == null ? NO_KEY : explicit;
        }
        long hash = add(FNV_OFFSET, topic.keyDomain());
        for (BodyField field : fields) {
            Object value = field.value(topic.messageType(), body);
            if (value == null) {
                throw new SowException(
                        BodyDelta.isWellFormed(topic.messageType(), body)
                                ? BAD_KEY
                                : "parse error");
            }
            hash = add(hash, value.toString());
        }
        return Long.toUnsignedString(mixed(hash));
    }

    /** Refuses a text that cannot be a key of this topic. */
    void check(String key) throws SowException {
        if (!(topic.hasExplicitKeys() ? EXPLICIT : GENERATED).matcher(key).matches()) {
            throw new SowException(BAD_KEY);
        }
    }

    private static long add(long before, String value) {
        long hash = before;
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        // What cannot be in a text keeps the values apart.
        return (hash ^ 0xff) * FNV_PRIME;
    }

    private static long mixed(long value) {
        long hash = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
