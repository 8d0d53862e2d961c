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

package io.activedataflow.flink.connector.amps;

import org.apache.flink.annotation.Internal;

import java.time.Duration;
import java.util.Objects;

/** What a time-out must be like. */
@Internal
final class Timeouts {

    private Timeouts() {}

    /**
     * Returns a time-out that sockets and clients, which count milliseconds in an int, can keep.
     */
    static Duration check(String what, Duration timeout) {
        Objects.requireNonNull(timeout, what);
        if (timeout.compareTo(Duration.ofMillis(1)) < 0
                || timeout.compareTo(Duration.ofMillis(Integer.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException(
                    "The "
                            + what
                            + " is "
                            + timeout
                            + ". Use a duration between a millisecond and 24 days.");
        }
        return timeout;
    }
}
