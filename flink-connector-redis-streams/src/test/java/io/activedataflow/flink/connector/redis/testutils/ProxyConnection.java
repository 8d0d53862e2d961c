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

import io.activedataflow.flink.connector.redis.testutils.ProxyFaults.Direction;

import javax.net.ssl.SSLSocket;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through a {@link TcpProxy}, forwarded by two threads of its own. */
final class ProxyConnection {

    private static final int BUFFER = 16 * 1024;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final Socket client;
    private final Socket server = new Socket();
    private final InetSocketAddress target;
    private final ProxyFaults faults;
    private final AtomicInteger failedHandshakes;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    ProxyConnection(
            Socket client,
            InetSocketAddress target,
            ProxyFaults faults,
            AtomicInteger failedHandshakes) {
        this.client = client;
        this.target = target;
        this.faults = faults;
        this.failedHandshakes = failedHandshakes;
    }

    void start(Runnable onEnd) {
        thread("requests", () -> run(onEnd)).start();
    }

    boolean isCut() {
        return cut.get();
    }

    /** Resets both sides; returns false if that was done before. */
    boolean cut() {
        if (!cut.compareAndSet(false, true)) {
            return false;
        }
        reset(client);
        reset(server);
        faults.connectionCut();
        return true;
    }

    void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a connection ended.", e);
        }
    }

    private void run(Runnable onEnd) {
        try {
            if (client instanceof SSLSocket tls) {
                handshake(tls);
            }
            server.connect(target, CONNECT_TIMEOUT_MILLIS);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            Thread replies = thread("replies", () -> forwardUntilEnd(Direction.REPLY));
            replies.start();
            forwardUntilEnd(Direction.REQUEST);
            replies.join();
        } catch (IOException e) {
            // Either side is gone: the other one learns of it by the cut below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cut();
            onEnd.run();
            ended.countDown();
        }
    }

    private void handshake(SSLSocket tls) throws IOException {
        try {
            tls.startHandshake();
        } catch (IOException e) {
            if (!isCut()) {
                failedHandshakes.incrementAndGet();
            }
            throw e;
        }
    }

    private void forwardUntilEnd(Direction direction) {
        Socket from = direction == Direction.REQUEST ? client : server;
        Socket to = direction == Direction.REQUEST ? server : client;
        try {
            forward(direction, from.getInputStream(), to.getOutputStream());
            // The end of one direction is passed on as the end of the connection: no client or
            // server of this protocol goes on with half of one. In good order, that is, after
            // all bytes that came before it.
            closeInGoodOrder();
        } catch (IOException e) {
            cut();
        } catch (InterruptedException e) {
            cut();
            Thread.currentThread().interrupt();
        }
    }

    private void forward(Direction direction, InputStream in, OutputStream out)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            int passed = faults.pass(direction, n, this);
            if (isCut()) {
                return;
            }
            out.write(buffer, 0, passed);
            out.flush();
            if (passed < n) {
                return;
            }
        }
    }

    private void closeInGoodOrder() throws IOException {
        if (!isCut()) {
            client.shutdownOutput();
            client.close();
            server.close();
        }
    }

    private static void reset(Socket socket) {
        try {
            // Zero also keeps TLS from waiting for a writer that is stuck in this socket.
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed by the other side already: there is nothing left to reset.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // The goodbye of TLS found nobody listening; the socket is closed all the same.
        }
    }

    private Thread thread(String role, Runnable body) {
        Thread thread = new Thread(body, "proxy-" + role + '-' + client.getPort());
        thread.setDaemon(true);
        return thread;
    }
}
