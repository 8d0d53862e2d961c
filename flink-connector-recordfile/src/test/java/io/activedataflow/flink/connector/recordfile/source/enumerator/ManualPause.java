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

package io.activedataflow.flink.connector.recordfile.source.enumerator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Waits take no time, but move the clock. */
final class ManualPause implements Pause {

    private final List<Long> waits = new ArrayList<>();
    private Runnable whileWaiting = () -> {};
    private long nanos = TimeUnit.DAYS.toNanos(1);
    private boolean ended;

    /** Runs during each wait. */
    ManualPause whileWaiting(Runnable action) {
        whileWaiting = action;
        return this;
    }

    void advance(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** The waits so far, in milliseconds. */
    List<Long> waits() {
        return waits;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public boolean hasEndedAfter(long millis) {
        waits.add(millis);
        advance(millis);
        whileWaiting.run();
        return ended;
    }

    @Override
    public void end() {
        ended = true;
    }
}
