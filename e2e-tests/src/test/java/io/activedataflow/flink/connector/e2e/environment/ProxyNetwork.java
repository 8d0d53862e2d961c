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

import io.activedataflow.flink.connector.redis.testutils.TcpProxy;

/** A network that is a TCP proxy in this JVM. */
final class ProxyNetwork implements NetworkPath, AutoCloseable {

    private final TcpProxy proxy;

    private ProxyNetwork(TcpProxy proxy) {
        this.proxy = proxy;
    }

    /** Forwards to the server, wherever it is. */
    static ProxyNetwork to(Endpoint server) {
        return new ProxyNetwork(TcpProxy.to(server.host(), server.port()));
    }

    /** Where this machine enters it. */
    Endpoint entrance() {
        return new Endpoint(proxy.host(), proxy.port());
    }

    @Override
    public void cut() {
        // In this order, so that nobody is back before all are out.
        proxy.refuse();
        proxy.cutAll();
    }

    @Override
    public void restore() {
        proxy.accept();
    }

    @Override
    public int connections() {
        return proxy.openConnections();
    }

    @Override
    public void close() {
        proxy.close();
    }
}
