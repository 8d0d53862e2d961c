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
import org.apache.flink.core.fs.Path;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a reader shares with all files that it opens: an end to whatever they wait for, and an ear
 * for their retries. Thread-safe.
 */
@Internal
public final class ReadControl {

    private final RetryListener listener;
    private final Set<Runnable> aborts = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    public ReadControl(RetryListener listener) {
        this.listener = listener;
    }

    /** For readers that do not count retries. */
    public static ReadControl silent() {
        return new ReadControl((path, cause) -> {});
    }

    /**
     * Aborts all files that are open or being opened, and all that will be. Any thread. Takes as
     * long as the file systems take to close their streams.
     */
    public void abort() {
        aborted = true;
        aborts.forEach(Runnable::run);
    }

    void retrying(Path path, IOException cause) {
        listener.retrying(path, cause);
    }

    void add(Runnable abort) {
        aborts.add(abort);
        if (aborted) {
            abort.run();
        }
    }

    void remove(Runnable abort) {
        aborts.remove(abort);
    }
}
