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

import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;

import org.apache.flink.annotation.Internal;

import java.util.Objects;

/** Makes clients on Jedis. */
@Internal
public final class JedisStreamsClientFactory implements RedisStreamsClientFactory {

    private static final long serialVersionUID = 1L;

    private final RedisStreamsConnectionOptions options;

    public JedisStreamsClientFactory(RedisStreamsConnectionOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    @Override
    public RedisStreamsClient create() {
        return new JedisStreamsClient(options);
    }

    @Override
    public String toString() {
        return "Redis at " + options.servers();
    }
}
