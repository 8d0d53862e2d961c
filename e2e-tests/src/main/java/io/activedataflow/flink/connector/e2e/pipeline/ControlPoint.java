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

package io.activedataflow.flink.connector.e2e.pipeline;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Hands everything on; slowly, or not at all, where the control files say so. */
final class ControlPoint<T> extends RichMapFunction<T, T> {

    private static final long serialVersionUID = 1L;
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ControlFiles files;
    private final long pauseNanos;

    private transient long looked;
    private transient boolean slow;

    /**
     * @param pause after each element while it is to be slow
     */
    ControlPoint(ControlFiles files, Duration pause) {
        this.files = files;
        this.pauseNanos = pause.toNanos();
    }

    @Override
    public void open(OpenContext context) {
        looked = System.nanoTime() - LOOK_EVERY_NANOS;
    }

    @Override
    public T map(T element) throws IOException {
        if (System.nanoTime() - looked >= LOOK_EVERY_NANOS) {
            looked = System.nanoTime();
            slow = files.isSlow();
            if (files.takeFailure()) {
                throw new IllegalStateException("The control files have asked for this failure.");
            }
        }
        if (slow) {
            LockSupport.parkNanos(pauseNanos);
        }
        return element;
    }
}
