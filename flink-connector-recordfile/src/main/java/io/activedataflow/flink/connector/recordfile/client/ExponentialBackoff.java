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

package io.activedataflow.flink.connector.recordfile.client;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long to wait before trying again: twice as long each time, up to a cap, and less than that by
 * a random share, so that many clients of one server do not come back at the same moment. A pure
 * value; chance is brought along by the caller.
 *
 * @param initial the wait after the first failure, at least one millisecond
 * @param max the longest wait, at least {@code initial}
 * @param jitter the largest share by which a wait is shortened, from 0 (none) to 1
 */
@Internal
public record ExponentialBackoff(Duration initial, Duration max, double jitter)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public ExponentialBackoff {
        if (initial.toMillis() < 1 || max.compareTo(initial) < 0) {
            throw new IllegalArgumentException(
                    "Back-off from "
                            + initial
                            + " to "
                            + max
                            + " is not possible. Give an initial wait of at least one millisecond"
                            + " and a longest wait that is not shorter.");
        }
        if (!(jitter >= 0.0 && jitter <= 1.0)) {
            throw new IllegalArgumentException(
                    "The jitter of a back-off cannot be " + jitter + ". Give a share from 0 to 1.");
        }
    }

    /**
     * The wait before the next attempt, at least one millisecond.
     *
     * @param failures how many attempts in a row have failed, at least 1
     * @param random from 0 (inclusive) to 1 (exclusive); 0 gives the full wait
     */
    public long delayMillis(int failures, double random) {
        long delay = initial.toMillis();
        long cap = max.toMillis();
        for (int i = 1; i < failures && delay < cap; i++) {
            // More than half of the cap doubles to more than the cap; this way it cannot overflow.
            delay = delay > cap / 2 ? cap : 2 * delay;
        }
        return Math.max(1L, delay - (long) (delay * jitter * random));
    }
}
