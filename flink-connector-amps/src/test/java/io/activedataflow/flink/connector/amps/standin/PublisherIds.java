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

package io.activedataflow.flink.connector.amps.standin;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Derives the unsigned 64-bit publisher id from a client name; the same on every instance. */
final class PublisherIds {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Map<String, Long> fixed;

    PublisherIds(Map<String, Long> fixed) {
        this.fixed = Map.copyOf(fixed);
    }

    long of(String name) {
        Long id = fixed.get(name);
        return id != null ? id : hash(name);
    }

    /** For messages without a sequence, whose numbering belongs to one instance. */
    long ofUnsequenced(String name, String instance) {
        return of(name + '@' + instance);
    }

    static long hash(String name) {
        long hash = FNV_OFFSET;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        // Publisher 0 would read as one of the special bookmarks.
        return hash == 0 ? 1 : hash;
    }
}
