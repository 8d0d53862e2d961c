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

import io.activedataflow.flink.connector.redis.client.RedisStreamsClient;

import org.apache.flink.annotation.Internal;

import java.time.Duration;

/**
 * What a reader shares between its fetcher and its task thread: the client, the thread on which the
 * client is called, and the signal that something has come back from it.
 *
 * @param redis the client; blocks, so to be called on the control thread only
 * @param control the control thread
 * @param signal raised when the control thread has finished something
 */
@Internal
record ReaderClient(RedisStreamsClient redis, ControlThread control, Signal signal)
        implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    static ReaderClient create(RedisStreamsClient redis, int subtask) {
        Signal signal = new Signal();
        return new ReaderClient(redis, new ControlThread(subtask, signal), signal);
    }

    /** Ends the control thread, whatever it waits for, and closes all connections. */
    @Override
    public void close() {
        control.close();
        redis.close();
        control.awaitEnd(PATIENCE);
    }
}
