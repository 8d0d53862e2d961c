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

package io.activedataflow.flink.connector.redis.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import java.io.IOException;
import java.util.Arrays;

/**
 * Remembers of each field position the name that was last seen there and what it stands for.
 * Entries of a stream mostly have the same fields in the same order, so that a comparison of bytes
 * replaces decoding the name or looking it up. Task thread only.
 *
 * @param <V> what a name stands for
 */
@Internal
final class FieldNameCache<V> {

    /** Finds out what a name stands for when the cache does not know. */
    @FunctionalInterface
    interface Resolver<V> {
        V resolve(byte[] name) throws IOException;
    }

    /** Positions and names beyond these are resolved anew each time, to bound the memory. */
    private static final int MAX_POSITIONS = 1024;

    private static final int MAX_NAME_BYTES = 256;

    private final Resolver<V> resolver;
    private byte[][] names = new byte[8][];
    private Object[] meanings = new Object[8];

    FieldNameCache(Resolver<V> resolver) {
        this.resolver = resolver;
    }

    @SuppressWarnings("unchecked")
    V get(RedisStreamsEntry entry, int field) throws IOException {
        if (field < names.length && names[field] != null && entry.isNamed(field, names[field])) {
            return (V) meanings[field];
        }
        byte[] name = entry.name(field);
        V meaning = resolver.resolve(name);
        if (field < MAX_POSITIONS && name.length <= MAX_NAME_BYTES) {
            if (field >= names.length) {
                int length = Math.min(MAX_POSITIONS, Math.max(field + 1, 2 * names.length));
                names = Arrays.copyOf(names, length);
                meanings = Arrays.copyOf(meanings, length);
            }
            names[field] = name;
            meanings[field] = meaning;
        }
        return meaning;
    }
}
