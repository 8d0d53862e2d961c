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

package io.activedataflow.flink.connector.redis.testutils;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Tells when a server process that was just started can be used.
 *
 * <p>That something answers on the port is not enough, for it could be somebody else who took the
 * port first; so the process must have said in its own output that it has the port.
 */
final class ReadinessProbe {

    private static final int SOCKET_TIMEOUT_MILLIS = 1_000;

    private final ChildProcess child;
    private final int port;
    private final boolean sentinel;
    private final boolean tls;

    ReadinessProbe(ChildProcess child, int port, boolean sentinel, boolean tls) {
        this.child = child;
        this.port = port;
        this.sentinel = sentinel;
        this.tls = tls;
    }

    /** How far the server must be. */
    enum Stage {
        /** It owns its port and answers, if only with LOADING. */
        LISTENING("Server initialized"),
        /** It has loaded its data. */
        READY("Ready to accept connections");

        private final String logged;

        Stage(String logged) {
            this.logged = logged;
        }
    }

    /** How a start ended. */
    enum Outcome {
        ANSWERS,
        PORT_TAKEN,
        ENDED_BY_ITSELF,
        TIMED_OUT
    }

    Outcome await(Stage stage, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (System.nanoTime() < deadline) {
            if (child.exitsWithin(Duration.ofMillis(5))) {
                return portWasTaken() ? Outcome.PORT_TAKEN : Outcome.ENDED_BY_ITSELF;
            }
            if (hasLogged(stage) && answers(stage)) {
                return Outcome.ANSWERS;
            }
        }
        return Outcome.TIMED_OUT;
    }

    private boolean hasLogged(Stage stage) {
        return child.output().contains(sentinel ? "Sentinel ID is" : stage.logged);
    }

    private boolean portWasTaken() {
        String output = child.output();
        return output.contains("Address already in use")
                || output.contains("Failed listening on port");
    }

    /** An error such as NOAUTH is an answer, too; a TLS port is only tried for a connection. */
    private boolean answers(Stage stage) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    SOCKET_TIMEOUT_MILLIS);
            if (tls) {
                return true;
            }
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
            return answer.length() == 5
                    && (stage == Stage.LISTENING || !answer.startsWith("-LOAD"));
        } catch (IOException e) {
            return false;
        }
    }
}
