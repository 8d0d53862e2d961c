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

package io.activedataflow.flink.connector.redis.source;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/** What a text must be like to serve as a stream key. */
@Internal
final class Keys {

    private Keys() {}

    /** Returns the key if it can be sent to Redis as UTF-8 and read back the same. */
    static String requireKey(String what, String key) {
        if (key == null || key.isEmpty()) {
            throw new IllegalArgumentException(
                    what + " got " + (key == null ? "null" : "an empty text") + "; give a key.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
            throw new IllegalArgumentException(
                    what
                            + " got '"
                            + key
                            + "', which holds half of a surrogate pair and therefore has no UTF-8"
                            + " form. Give a key of whole characters.");
        }
        return key;
    }
}
