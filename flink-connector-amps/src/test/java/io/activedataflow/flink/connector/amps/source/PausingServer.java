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

package io.activedataflow.flink.connector.amps.source;

import io.activedataflow.flink.connector.amps.standin.AmpsStandIn;
import io.activedataflow.flink.connector.amps.testutils.Await;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server that sends no message to the first reader until it is told, so that a test can prepare
 * what happens in the middle of a log. Whoever asks for the end of the log is answered.
 */
final class PausingServer implements AutoCloseable {

    private final AtomicReference<AmpsStandIn> server = new AtomicReference<>();
    private final AtomicBoolean paused = new AtomicBoolean();

    private PausingServer() {}

    static PausingServer start() {
        PausingServer pausing = new PausingServer();
        pausing.server.set(AmpsStandIn.builder().trace(pausing::look).start());
        return pausing;
    }

    /** Holds the messages before the command of the reader, who starts at the beginning, counts. */
    private void look(String frame) {
        boolean reader =
                frame.contains("\"bookmark\":\"(0:") || frame.contains("\"bookmark\":\"0\"");
        if (reader && frame.startsWith("C") && paused.compareAndSet(false, true)) {
            server.get().faults().holdMessages(true);
        }
    }

    AmpsStandIn server() {
        return server.get();
    }

    void awaitReader() {
        Await.until("a reader", SequenceLedger.PATIENCE, paused::get);
        Await.until(
                "its subscription",
                SequenceLedger.PATIENCE,
                () -> !server().subscriptions().isEmpty());
    }

    void goOn() {
        server().faults().holdMessages(false);
    }

    /** Sends so many messages, then cuts the connection, and accepts no other. */
    void goOnUpTo(int messages) {
        server().refuseConnections(true);
        server().faults().dropAfterMessages(messages);
        goOn();
    }

    @Override
    public void close() {
        server().close();
    }
}
