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

package io.activedataflow.flink.connector.recordfile.source.enumerator.discovery;

import org.apache.flink.annotation.Internal;

import java.time.Duration;

/**
 * How long to wait between two listings: twice as long after each that has found nothing, up to a
 * cap, and the shortest time again after one that has found something, if only files that are still
 * changing.
 */
@Internal
final class DiscoveryBackoff {

    private final long initial;
    private final long max;
    private long current;

    DiscoveryBackoff(Duration initial, Duration max) {
        this.initial = Math.max(1L, initial.toMillis());
        this.max = Math.max(this.initial, max.toMillis());
        this.current = this.initial;
    }

    void found(boolean something) {
        current = something ? initial : current > max / 2 ? max : 2 * current;
    }

    long delayMillis() {
        return current;
    }
}
