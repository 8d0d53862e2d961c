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

import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** Makes the sockets of one connection, TLS included, and gives access to the last one. */
final class RememberingSocketFactory implements JedisSocketFactory {

    private final JedisSocketFactory sockets;
    private Socket last;

    RememberingSocketFactory(HostAndPort address, JedisClientConfig config) {
        this.sockets = new DefaultJedisSocketFactory(address, config);
    }

    @Override
    public Socket createSocket() {
        last = sockets.createSocket();
        return last;
    }

    OutputStream outputStream() {
        try {
            return last.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException("The connection is closed.", e);
        }
    }
}
