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

package io.activedataflow.flink.connector.recordfile.testutils;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Waits for a condition in another process by asking again and again. The time-out is a guard
 * against hanging, not a measurement.
 */
public final class Await {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what what is waited for, for the failure message: "waited 30 s for (what)"
     * @throws AssertionError if the condition does not hold within the time-out; an exception which
     *     the last attempt threw is its cause
     */
    public static void until(String what, Duration timeout, Callable<Boolean> condition) {
        until(what, timeout, condition, () -> "");
    }

    /** As {@link #until(String, Duration, Callable)}, with details appended to the failure. */
    public static void until(
            String what, Duration timeout, Callable<Boolean> condition, Supplier<String> details) {
        long deadline = System.nanoTime() + timeout.toNanos();
        Exception failure;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                failure = null;
            } catch (Exception e) {
                // The other side may be down just now, which is what is being waited out.
                failure = e;
            }
            pause();
        } while (System.nanoTime() < deadline);
        throw new AssertionError(
                "Waited " + timeout.toSeconds() + " s in vain for " + what + ". " + details.get(),
                failure);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting.", e);
        }
    }
}
