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

import org.apache.flink.annotation.Internal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The clock that waits between attempts go by, and an end to all waiting. */
@Internal
interface Pause {

    /** As {@link System#nanoTime}. */
    long nanoTime();

    /** Waits so long, or until {@link #end}; returns whether it has ended. Worker thread. */
    boolean hasEndedAfter(long millis) throws InterruptedException;

    /** Ends this wait and all that are to come. Any thread. */
    void end();

    /** By the clock of the machine. */
    static Pause system() {
        CountDownLatch ended = new CountDownLatch(1);
        return new Pause() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public boolean hasEndedAfter(long millis) throws InterruptedException {
                return ended.await(millis, TimeUnit.MILLISECONDS);
            }

            @Override
            public void end() {
                ended.countDown();
            }
        };
    }
}
