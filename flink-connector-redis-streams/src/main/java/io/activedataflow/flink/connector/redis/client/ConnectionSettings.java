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
import io.activedataflow.flink.connector.redis.RedisStreamsCredentialsProvider;
import io.activedataflow.flink.connector.redis.RedisStreamsTlsOptions;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

/** How one kind of server, data node or sentinel, is connected to. */
@Internal
record ConnectionSettings(
        RedisStreamsCredentialsProvider credentials,
        @Nullable RedisStreamsTlsOptions tls,
        int database,
        String clientName,
        int connectTimeoutMillis,
        int commandTimeoutMillis) {

    static ConnectionSettings ofServers(RedisStreamsConnectionOptions options) {
        return new ConnectionSettings(
                options.credentialsProvider(),
                options.tls(),
                options.database(),
                options.clientName(),
                (int) options.connectTimeout().toMillis(),
                (int) options.commandTimeout().toMillis());
    }

    static ConnectionSettings ofSentinels(RedisStreamsConnectionOptions options) {
        return new ConnectionSettings(
                options.sentinelCredentialsProvider(),
                options.sentinelTls(),
                0,
                options.clientName(),
                (int) options.connectTimeout().toMillis(),
                (int) options.commandTimeout().toMillis());
    }
}
