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

package io.activedataflow.flink.connector.e2e.environment;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * Tells whether a server answers. That a connection is accepted says little: what leads into a
 * container accepts it for a server that does not listen yet, and ends it at once.
 */
final class Reachability {

    private static final int TIMEOUT_MILLIS = 1000;
    private static final int SILENCE_MILLIS = 200;

    private Reachability() {}

    /** Whether there is a Redis server that has loaded its data. */
    static boolean answersAsRedis(Endpoint endpoint) {
        String answer = answer(endpoint, "PING\r\n", 5);
        // An error says that it wants to know who asks.
        return answer.length() == 5 && !answer.startsWith("-LOAD");
    }

    /** Whether there is a ZooKeeper server. */
    static boolean answersAsZooKeeper(Endpoint endpoint) {
        return answer(endpoint, "srvr", Integer.MAX_VALUE).contains("Mode: standalone");
    }

    /** Whether there is somebody who waits for the other side to begin. */
    static boolean waitsToBeAsked(Endpoint endpoint) {
        try (Socket socket = connect(endpoint, SILENCE_MILLIS)) {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String answer(Endpoint endpoint, String request, int length) {
        try (Socket socket = connect(endpoint, TIMEOUT_MILLIS)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(
                    socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    private static Socket connect(Endpoint endpoint, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), TIMEOUT_MILLIS);
            socket.setSoTimeout(timeoutMillis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new IOException("Nobody at " + endpoint, e);
        }
    }
}
