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

package io.activedataflow.flink.connector.recordfile.testing;

import java.util.function.BooleanSupplier;

/** Where reads wait. */
final class Barrier {

    private long from = Long.MAX_VALUE;
    private int blocked;

    synchronized void blockFrom(long offset) {
        from = offset;
    }

    synchronized void release() {
        from = Long.MAX_VALUE;
        notifyAll();
    }

    synchronized void streamClosed() {
        notifyAll();
    }

    synchronized void awaitBlocked() throws InterruptedException {
        while (blocked == 0) {
            wait();
        }
    }

    /** Cannot be interrupted, as a read from a socket cannot. */
    synchronized void pass(long offset, BooleanSupplier isClosed) {
        boolean interrupted = false;
        while (offset >= from && !isClosed.getAsBoolean()) {
            blocked++;
            notifyAll();
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            } finally {
                blocked--;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
