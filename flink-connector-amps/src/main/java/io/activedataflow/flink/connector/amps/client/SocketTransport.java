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

package io.activedataflow.flink.connector.amps.client;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.DefaultTransportFilter;
import com.crankuptheamps.client.Protocol;
import com.crankuptheamps.client.TCPTransportImpl;
import com.crankuptheamps.client.URIProperties;
import com.crankuptheamps.client.exception.DisconnectedException;
import com.crankuptheamps.client.exception.RetryOperationException;

import javax.annotation.Nullable;
import javax.net.ssl.SSLSocket;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Properties;

/**
 * The socket under one connection of the AMPS client, which the client itself gives no hold of
 * while it connects. It is made here, so that closing it from any thread breaks off whatever blocks
 * in it; TLS is put on top of it, so that nothing needs to be set for the whole JVM, as the
 * client's own {@code tcps} transport would have it.
 *
 * <p>When a connection breaks, the client closes it on the thread that has noticed, which then
 * interrupts the reader thread and waits for it without a limit, also while that is blocked in a
 * handler. Therefore only the reader thread itself is let do that; any other only closes the
 * socket, whereupon the reader thread notices, too, as soon as it reads.
 */
@Internal
final class SocketTransport extends TCPTransportImpl {

    /** What to do when the connection has broken and all that came before was handed on. */
    @FunctionalInterface
    interface LossListener {
        void onLost(@Nullable Throwable cause);
    }

    private final Object lock = new Object();
    private final LossListener lossListener;
    private final int connectTimeoutMillis;
    private @Nullable TlsLayer tls;
    private @Nullable Socket socket;
    private boolean closed;
    private volatile Thread reader;
    private volatile boolean readerIsEnding;
    private volatile Throwable firstCause;

    SocketTransport(Protocol protocol, int connectTimeoutMillis, LossListener lossListener) {
        super(protocol, new Properties(), new DefaultTransportFilter());
        this.lossListener = lossListener;
        this.connectTimeoutMillis = connectTimeoutMillis;
        setConnectTimeout(connectTimeoutMillis);
    }

    /** Before connecting: encrypts the connection. */
    void encryptWith(TlsLayer layer) {
        tls = layer;
    }

    /** The current thread is the one that reads. */
    void readerStarted() {
        reader = Thread.currentThread();
    }

    @Nullable
    Thread reader() {
        return reader;
    }

    /** Whether the current thread reads, and has not found the connection broken. */
    boolean isReading() {
        return Thread.currentThread() == reader && !readerIsEnding;
    }

    /** What has broken the connection, or null. */
    @Nullable
    Throwable firstCause() {
        return firstCause;
    }

    /** Breaks off connecting, reading and writing, now and for ever. Any thread; does not block. */
    void closeSocket() {
        synchronized (lock) {
            closed = true;
            if (socket != null) {
                try {
                    // The one below TLS, whose close could wait for a write that blocks.
                    socket.close();
                } catch (IOException e) {
                    // It is of no further use either way.
                }
            }
        }
    }

    @Override
    protected Socket createSocket() throws SocketException {
        synchronized (lock) {
            if (closed) {
                throw new SocketException("closed before it was connected");
            }
            socket = new Socket();
            return socket;
        }
    }

    @Override
    protected void connectSocket(URI address, URIProperties properties) throws Exception {
        super.connectSocket(address, properties);
        // Until the end of the handshake; from then on the client sets what its heartbeats need.
        _socket.setSoTimeout(connectTimeoutMillis);
        if (tls != null) {
            SSLSocket encrypted = tls.over(_socket, properties.getProperty(TlsLayer.SNI));
            encrypted.startHandshake();
            _socket = encrypted;
        }
    }

    @Override
    protected void handshake() throws Exception {
        super.handshake();
        _socket.setSoTimeout(0);
    }

    @Override
    public void handleCloseEvent(int failedVersion, String message, Exception cause)
            throws RetryOperationException, DisconnectedException {
        if (firstCause == null) {
            firstCause = cause;
        }
        if (reader != null && Thread.currentThread() != reader) {
            closeSocket();
            throw new DisconnectedException(message);
        }
        readerIsEnding = true;
        closeSocket();
        try {
            super.handleCloseEvent(failedVersion, message, cause);
        } finally {
            lossListener.onLost(firstCause);
        }
    }
}
