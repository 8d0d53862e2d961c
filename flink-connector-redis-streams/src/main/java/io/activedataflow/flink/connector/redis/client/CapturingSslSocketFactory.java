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

import org.apache.flink.annotation.Internal;

import javax.net.ssl.SSLSocketFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/**
 * Remembers the two sockets of an encrypted connection. Closing the one below is what ends a
 * blocked read at once: closing the encrypted one would first have to say goodbye to the server.
 */
@Internal
final class CapturingSslSocketFactory extends SSLSocketFactory {

    private final SSLSocketFactory delegate;
    private Socket raw;
    private Socket encrypted;

    CapturingSslSocketFactory(SSLSocketFactory delegate) {
        this.delegate = delegate;
    }

    Socket raw() {
        return raw;
    }

    Socket encrypted() {
        return encrypted;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
            throws IOException {
        raw = socket;
        encrypted = delegate.createSocket(socket, host, port, autoClose);
        return encrypted;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return delegate.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return delegate.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unlayered();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
            throws IOException {
        throw unlayered();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unlayered();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
            throws IOException {
        throw unlayered();
    }

    private static IOException unlayered() {
        return new IOException("Only sockets that are connected already can be encrypted here.");
    }
}
