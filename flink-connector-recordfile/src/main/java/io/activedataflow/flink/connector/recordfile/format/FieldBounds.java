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

package io.activedataflow.flink.connector.recordfile.format;

import org.apache.flink.annotation.Internal;

/** Where a field begins and ends, and its two flags, in one number. */
@Internal
final class FieldBounds {

    private static final int INDEX_BITS = 31;
    private static final int INDEX = Integer.MAX_VALUE;

    private FieldBounds() {}

    static long pack(int from, int to, int flags) {
        return from | (long) to << INDEX_BITS | (long) flags << 2 * INDEX_BITS;
    }

    static int from(long bounds) {
        return (int) bounds & INDEX;
    }

    static int to(long bounds) {
        return (int) (bounds >>> INDEX_BITS) & INDEX;
    }

    static int flags(long bounds) {
        return (int) (bounds >>> 2 * INDEX_BITS);
    }
}
