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

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

import javax.annotation.Nullable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** How the tests' own connections are set up. */
final class ClientConfigs {

    private static final int TIMEOUT_MILLIS = 30_000;

    private ClientConfigs() {}

    /** Plain connections are had with null for all three. */
    static JedisClientConfig of(
            @Nullable String user, @Nullable String password, @Nullable SSLContext tls) {
        return builder(user, password, tls).build();
    }

    // What would replace the deprecated setters takes no SSLContext.
    @SuppressWarnings("deprecation")
    static DefaultJedisClientConfig.Builder builder(
            @Nullable String user, @Nullable String password, @Nullable SSLContext tls) {
        DefaultJedisClientConfig.Builder config =
                DefaultJedisClientConfig.builder()
                        // No protocol named and none negotiated is the one way to RESP2 without a
                        // HELLO, which servers refuse to connections that are not logged in.
                        .autoNegotiateProtocol(false)
                        .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                        .timeoutMillis(TIMEOUT_MILLIS)
                        .user(user)
                        .password(password);
        if (tls != null) {
            SSLParameters parameters = tls.getDefaultSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            config.ssl(true).sslSocketFactory(tls.getSocketFactory()).sslParameters(parameters);
        }
        return config;
    }
}
