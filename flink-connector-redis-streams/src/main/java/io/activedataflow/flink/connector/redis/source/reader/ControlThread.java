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

package io.activedataflow.flink.connector.redis.source.reader;

import org.apache.flink.annotation.Internal;
import org.apache.flink.annotation.VisibleForTesting;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The thread of a reader on which everything blocks that is not the reading of entries itself:
 * connecting, locating, inspecting streams, committing cursors. Results come back to the fetcher
 * thread, which collects them with {@link #runCompleted}.
 */
@Internal
final class ControlThread implements AutoCloseable {

    private final ExecutorService executor;
    private final Queue<Runnable> completed = new ConcurrentLinkedQueue<>();
    private final Signal onCompleted;

    /**
     * @param onCompleted raised whenever a result is ready to be collected
     */
    ControlThread(int subtask, Signal onCompleted) {
        this.onCompleted = onCompleted;
        this.executor =
                Executors.newSingleThreadExecutor(
                        task -> {
                            Thread thread = new Thread(task, "redis-streams-control-" + subtask);
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Runs a call on the control thread and then the continuation on the fetcher thread, with
     * either the result or the exception. After {@link #close} neither runs.
     */
    <R> void submit(Callable<R> call, BiConsumer<R, Exception> continuation) {
        execute(
                () -> {
                    Runnable continued;
                    try {
                        R result = call.call();
                        continued = () -> continuation.accept(result, null);
                    } catch (Exception e) {
                        continued = () -> continuation.accept(null, e);
                    } catch (Error e) {
                        // Whoever waits for the result would wait for ever; let it end the job.
                        continued =
                                () -> {
                                    throw e;
                                };
                    }
                    completed.add(continued);
                    onCompleted.raise();
                });
    }

    /** Runs a task on the control thread. After {@link #close} it does not run. */
    void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            if (!executor.isShutdown()) {
                throw e;
            }
        }
    }

    /** Runs the continuations of what has completed. Fetcher thread. */
    void runCompleted() {
        for (Runnable next = completed.poll(); next != null; next = completed.poll()) {
            next.run();
        }
    }

    @VisibleForTesting
    int uncollected() {
        return completed.size();
    }

    /** Begins to end the thread; what it is blocked in has to be ended by closing the client. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Waits for the thread to end, unless the caller is interrupted. */
    boolean awaitEnd(Duration patience) {
        try {
            return executor.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
