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

import redis.clients.jedis.JedisClientConfig;

/** A running Redis server for tests, wherever it runs. Closing it ends what was started for it. */
public interface RedisServer extends AutoCloseable {

    String host();

    int port();

    /** How a client of this server must connect: credentials, TLS, time-outs; RESP2. */
    JedisClientConfig clientConfig();

    /** {@code host:port}. */
    default String address() {
        return host() + ':' + port();
    }

    /** Opens a connection for the test itself; the caller closes it. */
    default RedisCommands connect() {
        return RedisCommands.connect(host(), port(), clientConfig());
    }

    /** The version the running server reports. */
    default RedisVersion version() {
        try (RedisCommands redis = connect()) {
            return RedisVersion.parse(redis.info("server").get("redis_version"));
        }
    }

    @Override
    void close();
}
