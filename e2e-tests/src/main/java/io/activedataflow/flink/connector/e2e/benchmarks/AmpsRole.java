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

package io.activedataflow.flink.connector.e2e.benchmarks;

import javax.annotation.Nullable;

import java.util.Arrays;

/** Who takes part in {@link AmpsBenchmark}. */
enum AmpsRole {
    /** A plain client whose handler copies each body and does nothing else. */
    BARE_CLIENT("bare-client", null),
    /** A job with the source. */
    SOURCE("source", null),
    /** The same in a heap smaller than the log, which it could not hold. */
    SOURCE_SMALL_HEAP("source-small-heap", "160m");

    private final String id;
    private final @Nullable String heap;

    AmpsRole(String id, @Nullable String heap) {
        this.id = id;
        this.heap = heap;
    }

    String id() {
        return id;
    }

    /** The largest heap of its JVM, or null for that of the benchmark. */
    @Nullable
    String heap() {
        return heap;
    }

    static AmpsRole named(String id) {
        return Arrays.stream(values()).filter(role -> role.id.equals(id)).findFirst().orElseThrow();
    }
}
