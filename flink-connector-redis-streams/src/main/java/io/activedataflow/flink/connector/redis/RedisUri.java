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

package io.activedataflow.flink.connector.redis;

import org.apache.flink.annotation.Internal;

import java.net.URI;
import java.net.URISyntaxException;

/** Parses {@code redis://user:password@host:port/database}. */
@Internal
final class RedisUri {

    private static final int DEFAULT_PORT = 6379;

    private RedisUri() {}

    static RedisStreamsConnectionOptionsBuilder parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // Neither the exception nor its message may go on: they repeat the text.
            throw invalid(e.getReason() + " at index " + e.getIndex());
        }
        boolean encrypted = "rediss".equalsIgnoreCase(uri.getScheme());
        if (!encrypted && !"redis".equalsIgnoreCase(uri.getScheme())) {
            throw invalid("the scheme is neither redis nor rediss");
        }
        if (uri.getHost() == null) {
            throw invalid("it has no host, or characters in it are not encoded");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw invalid("parameters are not understood; use the methods of the builder");
        }
        RedisStreamsConnectionOptionsBuilder builder =
                RedisStreamsConnectionOptions.standalone(
                        uri.getHost().replaceAll("[\\[\\]]", ""),
                        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
        if (encrypted) {
            builder.setTls(RedisStreamsTlsOptions.defaults());
        }
        userInfo(uri, builder);
        String path = uri.getPath() == null ? "" : uri.getPath();
        if (path.length() > 1) {
            try {
                builder.setDatabase(Integer.parseInt(path.substring(1)));
            } catch (NumberFormatException e) {
                throw invalid("what follows the host is not the index of a database");
            }
        }
        return builder;
    }

    private static void userInfo(URI uri, RedisStreamsConnectionOptionsBuilder builder) {
        String raw = uri.getRawUserInfo();
        if (raw == null) {
            return;
        }
        int colon = raw.indexOf(':');
        String user = decode(colon < 0 ? raw : raw.substring(0, colon));
        if (!user.isEmpty()) {
            builder.setUser(user);
        }
        if (colon >= 0) {
            builder.setPassword(decode(raw.substring(colon + 1)));
        }
    }

    private static String decode(String raw) {
        return raw.isEmpty() ? "" : URI.create("x://" + raw + "@h").getUserInfo();
    }

    private static IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException(
                "The Redis URI cannot be used: "
                        + why
                        + ". Write it as redis://[user[:password]@]host[:port][/database], or with"
                        + " rediss for TLS. (It is not repeated here, as it may hold a password.)");
    }
}
