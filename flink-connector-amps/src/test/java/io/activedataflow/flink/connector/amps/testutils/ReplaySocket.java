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

package io.activedataflow.flink.connector.amps.testutils;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client with one bookmark subscription to all topics, on the level of frames. It expects the
 * messages of the publisher with the id 1, whose n-th message is {@code {"id":n}}.
 */
public final class ReplaySocket implements AutoCloseable {

    /** Asks for all acknowledgements that there are. */
    public static final String ACKS = ",\"a\":\"persisted,processed,completed\"";

    private final FrameSocket socket;

    private ReplaySocket(FrameSocket socket) {
        this.socket = socket;
    }

    /** Connects to a port of this machine and logs on. */
    public static ReplaySocket connect(int port) throws IOException {
        return new ReplaySocket(FrameSocket.loggedOn(port, "client"));
    }

    /**
     * Subscribes.
     *
     * @param further fields of the command, each after a comma
     */
    public void subscribe(String bookmark, String further) throws IOException {
        send(
                "{\"c\":\"subscribe\",\"t\":\".*\",\"cid\":\"c\",\"sub_id\":\"S\",\"bookmark\":\""
                        + bookmark
                        + '"'
                        + further
                        + '}');
    }

    /** Expects that the subscribe command was carried out. */
    public void expectSuccess() throws IOException {
        assertThat(receive()).contains("\"a\":\"processed\",\"status\":\"success\"");
    }

    /** Expects that the subscribe command was refused. */
    public void expectFailure(String reason) throws IOException {
        assertThat(receive())
                .isEqualTo(
                        "{\"c\":\"ack\",\"cid\":\"c\",\"a\":\"processed\",\"status\":\"failure\","
                                + "\"reason\":\""
                                + reason
                                + "\"}");
    }

    /** Expects messages with rising sequences, both ends included. */
    public void expectMessages(long from, long to) throws IOException {
        for (long i = from; i <= to; i++) {
            assertThat(receive()).contains("\"bm\":\"1|" + i + "|\"").endsWith(i + "}");
        }
    }

    /** Expects the end of the replay. */
    public void expectCompleted(long lastSequence) throws IOException {
        assertThat(receive())
                .isEqualTo(
                        "{\"c\":\"ack\",\"cid\":\"c\",\"a\":\"completed\",\"sub_id\":\"S\","
                                + "\"bm\":\"1|"
                                + lastSequence
                                + "|\",\"status\":\"success\"}");
    }

    /** Sends header and body as one frame. */
    public void send(String frame) throws IOException {
        socket.send(frame);
    }

    /** Header and body of the next frame. */
    public String receive() throws IOException {
        return socket.receive();
    }

    /** Whether the server has closed the connection. */
    public boolean isAtEnd() throws IOException {
        return socket.isAtEnd();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
