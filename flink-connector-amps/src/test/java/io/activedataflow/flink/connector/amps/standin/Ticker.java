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

import java.time.Duration;

/** Tells when something that is done periodically is due. Set by one thread, asked by another. */
final class Ticker {

    private static final long FAR = Duration.ofHours(1).toNanos();

    private volatile long interval;
    private volatile long next;

    void every(Duration period) {
        next = System.nanoTime() + period.toNanos();
        interval = period.toNanos();
    }

    void stop() {
        interval = 0;
    }

    /** Whether it is due now; if so, it is due again one interval from now. */
    boolean isDue(long now) {
        if (interval == 0 || now - next < 0) {
            return false;
        }
        next = now + interval;
        return true;
    }

    long nextAt(long now) {
        return interval == 0 ? now + FAR : next;
    }
}
