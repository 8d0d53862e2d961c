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

package io.activedataflow.flink.connector.amps.source.split;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A set of keys of records, by topic. A key that the server has made costs no object, whether it is
 * added, looked for or removed. Not thread-safe.
 */
@Internal
public final class SowKeySet {

    /** Takes the keys one by one. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param key as the server wrote it
         */
        void visit(String topic, String key);
    }

    private static final class OfTopic {
        private final LongSet numbers;
        private final Set<String> texts = new HashSet<>();

        OfTopic(int expected) {
            numbers = new LongSet(expected);
        }
    }

    private final Map<String, OfTopic> byTopic = new LinkedHashMap<>();
    private @Nullable String lastTopic;
    private @Nullable OfTopic keysOfLastTopic;
    private int size;

    public SowKeySet() {}

    public SowKeySet(SowKeys keys) {
        keys.byTopic()
                .forEach(
                        (topic, initial) -> {
                            OfTopic ofTopic = new OfTopic(initial.numbers().length);
                            for (long number : initial.numbers()) {
                                ofTopic.numbers.add(number);
                            }
                            ofTopic.texts.addAll(initial.texts());
                            byTopic.put(topic, ofTopic);
                            size += ofTopic.numbers.size() + ofTopic.texts.size();
                        });
    }

    /**
     * Adds a key.
     *
     * @param topic best the same object for the same topic
     * @return whether it was not there before
     */
    public boolean add(String topic, byte[] bytes, int offset, int length) {
        OfTopic keys = of(topic);
        boolean added =
                UnsignedText.isNumber(bytes, offset, length)
                        ? keys.numbers.add(UnsignedText.parse(bytes, offset, length))
                        : keys.texts.add(text(bytes, offset, length));
        if (added) {
            size++;
        }
        return added;
    }

    /** Whether the key is there. */
    public boolean contains(String topic, byte[] bytes, int offset, int length) {
        OfTopic keys = of(topic);
        return UnsignedText.isNumber(bytes, offset, length)
                ? keys.numbers.contains(UnsignedText.parse(bytes, offset, length))
                : keys.texts.contains(text(bytes, offset, length));
    }

    /**
     * Removes a key.
     *
     * @return whether it was there
     */
    public boolean remove(String topic, byte[] bytes, int offset, int length) {
        OfTopic keys = of(topic);
        boolean removed =
                UnsignedText.isNumber(bytes, offset, length)
                        ? keys.numbers.remove(UnsignedText.parse(bytes, offset, length))
                        : keys.texts.remove(text(bytes, offset, length));
        if (removed) {
            size--;
        }
        return removed;
    }

    private static String text(byte[] bytes, int offset, int length) {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    private OfTopic of(String topic) {
        if (topic != lastTopic) {
            keysOfLastTopic = byTopic.computeIfAbsent(topic, unknown -> new OfTopic(0));
            lastTopic = topic;
        }
        return keysOfLastTopic;
    }

    public int size() {
        return size;
    }

    public void clear() {
        byTopic.clear();
        lastTopic = null;
        keysOfLastTopic = null;
        size = 0;
    }

    /** Shows all keys that another set does not have. */
    public void forEachMissingIn(SowKeySet other, Visitor visitor) {
        byTopic.forEach(
                (topic, keys) -> {
                    OfTopic there = other.of(topic);
                    keys.numbers.forEach(
                            number -> {
                                if (!there.numbers.contains(number)) {
                                    visitor.visit(topic, Long.toUnsignedString(number));
                                }
                            });
                    for (String text : keys.texts) {
                        if (!there.texts.contains(text)) {
                            visitor.visit(topic, text);
                        }
                    }
                });
    }

    /** A copy, for the state. */
    public SowKeys toKeys() {
        Map<String, SowKeys.OfTopic> copy = new LinkedHashMap<>();
        byTopic.forEach(
                (topic, keys) ->
                        copy.put(
                                topic,
                                new SowKeys.OfTopic(
                                        keys.numbers.toArray(), List.copyOf(keys.texts))));
        return new SowKeys(copy);
    }
}
