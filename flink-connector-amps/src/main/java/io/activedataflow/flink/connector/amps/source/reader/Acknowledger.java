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

package io.activedataflow.flink.connector.amps.source.reader;

import org.apache.flink.annotation.Internal;

import java.util.Collection;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread of one reader that acknowledges messages of queues, so that neither the task nor the
 * fetcher waits for a server. It ends when there is nothing to do for a while.
 */
@Internal
final class Acknowledger implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    /** Part of the time that a reader has for being closed. */
    private static final long CLOSE_MILLIS = 1000;

    private final ThreadPoolExecutor worker;

    /**
     * @param name for the name of the thread
     */
    Acknowledger(String name) {
        worker =
                new ThreadPoolExecutor(
                        1,
                        1,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        runnable -> {
                            Thread thread = new Thread(runnable, name + "-acknowledger");
                            thread.setDaemon(true);
                            return thread;
                        });
        worker.allowCoreThreadTimeOut(true);
        // Once closed: what is not acknowledged is in the state, or will be delivered again.
        worker.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Sends what is due of these, without waiting for that. Any thread. */
    void send(Collection<SplitLeases> leases) {
        leases.forEach(this::send);
    }

    /** Sends what is due, without waiting for that. Any thread. */
    void send(SplitLeases leases) {
        run(leases::send);
    }

    /** Does something else on this thread. */
    void run(Runnable task) {
        worker.execute(task);
    }

    /** Sends what is due, for a second at most, and ends the thread. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
