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

package io.activedataflow.flink.connector.amps.standin;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import javax.net.ssl.SSLContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The administration interface of a server: {@code GET /amps/instance/<resource>.json} over HTTP or
 * HTTPS on the loopback interface. It runs from {@link #start} to {@link #close}.
 *
 * <p>The resources are listed in {@link AdminDocument}, where it is also said what is not known
 * about the answers of a real server.
 */
public final class AdminEndpoint implements AutoCloseable {

    private static final String ROOT = "/amps/instance/";
    private static final String SUFFIX = ".json";

    private final AdminModel model;
    private final HttpServer server;
    private final boolean encrypted;
    private final ExecutorService threads;
    private final AtomicInteger failure = new AtomicInteger();

    /** Who may ask. Not shown by {@link #toString}. */
    public record Credentials(String user, String password) {

        @Override
        public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }

    private AdminEndpoint(AdminModel model, HttpServer server, boolean encrypted) {
        this.model = model;
        this.server = server;
        this.encrypted = encrypted;
        this.threads =
                Executors.newFixedThreadPool(
                        2,
                        work -> {
                            Thread thread = new Thread(work, "amps-standin-admin");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Opens the interface.
     *
     * @param port 0 for any that is free
     * @param tls null for plain HTTP
     * @param credentials null if everybody may ask
     * @throws UncheckedIOException if the port is not free
     */
    public static AdminEndpoint start(
            AdminModel model, int port, SSLContext tls, Credentials credentials) {
        AdminEndpoint endpoint;
        try {
            endpoint = new AdminEndpoint(model, listen(port, tls), tls != null);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + ".", e);
        }
        HttpContext context = endpoint.server.createContext("/", endpoint::answer);
        if (credentials != null) {
            context.setAuthenticator(
                    new BasicAuthenticator("amps") {
                        @Override
                        public boolean checkCredentials(String user, String password) {
                            return credentials.user().equals(user)
                                    && credentials.password().equals(password);
                        }
                    });
        }
        endpoint.server.setExecutor(endpoint.threads);
        endpoint.server.start();
        return endpoint;
    }

    private static HttpServer listen(int port, SSLContext tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        if (tls == null) {
            return HttpServer.create(address, 0);
        }
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Where it is, without a path: {@code http://127.0.0.1:PORT} or {@code https://localhost:PORT}.
     */
    public String uri() {
        return (encrypted ? "https://localhost:" : "http://127.0.0.1:") + port();
    }

    /**
     * Answers all requests with an error from now on.
     *
     * @param status of HTTP; 0 for no error any more
     */
    public void failWith(int status) {
        failure.set(status);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = failure.get();
            if (status != 0) {
                send(exchange, status, "{}");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "{}");
            } else {
                String document = document(exchange.getRequestURI().getPath());
                send(exchange, document == null ? 404 : 200, document == null ? "{}" : document);
            }
        }
    }

    private String document(String path) {
        if (!path.startsWith(ROOT) || !path.endsWith(SUFFIX)) {
            return null;
        }
        int end = path.length() - SUFFIX.length();
        return end < ROOT.length()
                ? null
                : AdminDocument.of(model, path.substring(ROOT.length(), end));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Closes the interface and all its connections. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
