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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.Arrays;

/**
 * Remembers of each field position the tag that was last seen there and what it stands for.
 * Messages of a topic mostly have the same fields in the same order, so that a comparison of bytes
 * replaces decoding the tag or looking it up. Task thread only.
 *
 * @param <V> what a tag stands for
 */
@Internal
final class FieldNameCache<V> {

    /** Finds out what a tag stands for when the cache does not know. */
    @FunctionalInterface
    interface Resolver<V> {
        V resolve(byte[] tag) throws IOException;
    }

    /** Positions and tags beyond these are resolved anew each time, to bound the memory. */
    private static final int MAX_POSITIONS = 1024;

    private static final int MAX_TAG_BYTES = 256;

    private final Resolver<V> resolver;
    private byte[][] tags = new byte[8][];
    private Object[] meanings = new Object[8];

    FieldNameCache(Resolver<V> resolver) {
        this.resolver = resolver;
    }

    /** What the tag of the field under the cursor stands for. */
    @SuppressWarnings("unchecked")
    V get(TagValueCursor cursor) throws IOException {
        int field = cursor.index();
        if (field < tags.length && tags[field] != null && cursor.isTagged(tags[field])) {
            return (V) meanings[field];
        }
        byte[] tag = cursor.tag();
        V meaning = resolver.resolve(tag);
        if (field < MAX_POSITIONS && tag.length <= MAX_TAG_BYTES) {
            if (field >= tags.length) {
                int length = Math.min(MAX_POSITIONS, Math.max(field + 1, 2 * tags.length));
                tags = Arrays.copyOf(tags, length);
                meanings = Arrays.copyOf(meanings, length);
            }
            tags[field] = tag;
            meanings[field] = meaning;
        }
        return meaning;
    }
}
