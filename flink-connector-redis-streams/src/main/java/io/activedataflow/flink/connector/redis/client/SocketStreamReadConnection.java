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

package io.activedataflow.flink.connector.redis.client;

import io.activedataflow.flink.connector.redis.RedisStreamsCredentials;

import org.apache.flink.annotation.Internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Reads entries on a socket that the Redis client has connected, encrypted and authenticated. From
 * then on the socket is this object's alone. Fetcher thread only, but for {@link #close}.
 */
@Internal
final class SocketStreamReadConnection implements StreamReadConnection {

    private static final int READ_BYTES = 128 * 1024;

    /** So that a length that is a lie costs no more memory than bytes arrive. */
    private static final int MAX_RESERVED_BYTES = 8 * 1024 * 1024;

    /** A request under way: streams to be read, or a command that is answered by +OK. */
    private record Request(List<StreamReadPosition> streams, String command) {}

    private static final Request ASKING = new Request(null, "ASKING");
    private static final Request AUTH = new Request(null, "AUTH");

    private final RedisNode node;
    private final Socket socket;
    private final Socket rawSocket;
    private final InputStream in;
    private final OutputStream out;
    private final RequestEncoder encoder = new RequestEncoder();
    private final RespStreamDecoder decoder;
    private final ReplyCarry carry = new ReplyCarry();
    private final ArrayDeque<Request> requests = new ArrayDeque<>();

    private int outstanding;
    private RedisStreamsCredentials newCredentials;
    private RedisStreamsException broken;
    private volatile boolean closed;

    SocketStreamReadConnection(RedisNode node, RedisConnector.Opened opened) {
        this.node = node;
        this.socket = opened.socket();
        this.rawSocket = opened.rawSocket();
        this.decoder = new RespStreamDecoder("Redis server " + node);
        try {
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        } catch (IOException e) {
            RedisConnector.closeQuietly(rawSocket);
            throw RedisErrors.failure(node, "Connecting", null, e);
        }
    }

    @Override
    public RedisNode node() {
        return node;
    }

    @Override
    public void send(List<StreamReadPosition> streams, int count, int blockMillis, boolean asking) {
        checkUsable();
        if (newCredentials != null) {
            encoder.auth(newCredentials.user(), newCredentials.password());
            requests.add(AUTH);
            newCredentials = null;
        }
        if (asking) {
            encoder.asking();
            requests.add(ASKING);
        }
        encoder.xread(streams, count, blockMillis);
        requests.add(new Request(streams, "XREAD"));
        outstanding++;
        try {
            encoder.writeTo(out);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public int outstanding() {
        return outstanding;
    }

    @Override
    public Reply poll(EntryBuffer buffer, int waitMillis) {
        checkUsable();
        if (outstanding == 0) {
            throw new IllegalStateException("Nothing was asked of " + node + '.');
        }
        try {
            long deadline = 0;
            while (true) {
                Reply reply = decode(buffer);
                if (reply != null) {
                    return reply;
                }
                if (carry.giveTo(buffer)) {
                    continue;
                }
                long now = System.nanoTime();
                int wait = waitMillis;
                if (deadline == 0) {
                    deadline = now + waitMillis * 1_000_000L;
                } else {
                    wait = (int) ((deadline - now) / 1_000_000L);
                    if (wait <= 0) {
                        return null;
                    }
                }
                if (!read(buffer, wait)) {
                    return null;
                }
            }
        } catch (IOException | RedisStreamsException e) {
            buffer.discardPartialReply();
            throw broken(e);
        }
    }

    /** Decodes the next reply that is for the caller, or returns null for want of bytes. */
    private Reply decode(EntryBuffer buffer) {
        while (true) {
            Request request = requests.peek();
            boolean status = request.streams() == null;
            if (status
                    ? !decoder.decodeStatus(buffer)
                    : !decoder.decode(buffer, request.streams())) {
                return null;
            }
            requests.remove();
            if (!status) {
                outstanding--;
                carry.takeFrom(buffer);
                return new Reply(request.streams(), decoder.entries(), decoder.error());
            }
            if (decoder.error() != null) {
                throw RedisErrors.reply(node, request.command(), null, decoder.error());
            }
        }
    }

    private boolean read(EntryBuffer buffer, int waitMillis) throws IOException {
        buffer.reserve(Math.min(MAX_RESERVED_BYTES, Math.max(READ_BYTES, decoder.missingBytes())));
        byte[] data = buffer.data();
        socket.setSoTimeout(Math.max(1, waitMillis));
        int count;
        try {
            count = in.read(data, buffer.filled(), data.length - buffer.filled());
        } catch (SocketTimeoutException e) {
            return false;
        }
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        carry.otherBytesArrived();
        buffer.addFilled(count);
        return true;
    }

    @Override
    public void reauthenticate(RedisStreamsCredentials credentials) {
        checkUsable();
        newCredentials = credentials.password() == null ? null : credentials;
    }

    @Override
    public void close() {
        closed = true;
        RedisConnector.closeQuietly(rawSocket);
    }

    private void checkUsable() {
        if (closed) {
            throw closedException(null);
        }
        if (broken != null) {
            throw broken;
        }
    }

    private RedisStreamsException broken(Exception cause) {
        RedisStreamsException classified =
                closed ? closedException(cause) : RedisErrors.failure(node, "XREAD", null, cause);
        broken = classified;
        RedisConnector.closeQuietly(rawSocket);
        return classified;
    }

    private RedisStreamsException closedException(Exception cause) {
        return new RedisStreamsException(
                RedisStreamsException.Kind.RETRIABLE,
                "The connection to Redis server " + node + " was closed by the connector itself.",
                cause);
    }
}
