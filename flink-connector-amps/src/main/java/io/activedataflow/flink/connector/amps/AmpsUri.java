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

package io.activedataflow.flink.connector.amps;

import org.apache.flink.annotation.Internal;

import javax.annotation.Nullable;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Parses {@code tcp://user:password@host:port/amps/json?parameters} as the client does, with the
 * difference that user and password are taken out.
 *
 * @param server what is left, which may be shown
 * @param credentials user and password as they go over the wire, or null if there are none
 */
@Internal
record AmpsUri(AmpsServerUri server, @Nullable AmpsCredentials credentials) {

    private static final String FORM =
            "Write it as tcp://[user[:password]@]host:port/amps/<message type>[?parameters], or with"
                    + " tcps for TLS, for example tcp://amps1.example.com:9007/amps/json. (It is not"
                    + " repeated here, as it may hold a password.)";

    private static final String HEADER_PROTOCOL = "/amps/";

    /**
     * @param position of the URI in the list, from 1; names it in messages
     */
    static AmpsUri parse(int position, String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            // Neither the exception nor its message may go on: they repeat the text.
            throw invalid(position, e.getReason() + " at index " + e.getIndex());
        }
        boolean tls = "tcps".equalsIgnoreCase(uri.getScheme());
        if (!tls && !"tcp".equalsIgnoreCase(uri.getScheme())) {
            throw invalid(position, "the transport is neither tcp nor tcps");
        }
        if (uri.getHost() == null) {
            throw invalid(
                    position,
                    "it has no host, or one with characters that URIs do not allow, such as '_',"
                            + " or a user or password with characters that are not encoded");
        }
        if (uri.getPort() < 1 || uri.getPort() > 65535) {
            throw invalid(position, "it has no port between 1 and 65535");
        }
        if (uri.getRawFragment() != null) {
            throw invalid(position, "it has a fragment ('#...')");
        }
        return new AmpsUri(server(uri, tls, messageType(position, uri)), credentials(uri));
    }

    private static String messageType(int position, URI uri) {
        String path = uri.getPath() == null ? "" : uri.getPath();
        String type =
                path.startsWith(HEADER_PROTOCOL) ? path.substring(HEADER_PROTOCOL.length()) : "";
        if (type.isBlank() || type.indexOf('/') >= 0) {
            throw invalid(
                    position,
                    "its path is '"
                            + path
                            + "' and not /amps/ and a message type; the older header protocols"
                            + " (/fix, /nvfix, /xml) and connections without a message type are not"
                            + " supported");
        }
        return type;
    }

    private static AmpsServerUri server(URI uri, boolean tls, String messageType) {
        // The text is a key in the state; spellings that mean the same should be the same.
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String text =
                (tls ? "tcps://" : "tcp://")
                        + host
                        + ':'
                        + uri.getPort()
                        + uri.getRawPath()
                        + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery());
        return new AmpsServerUri(
                text, host.replaceAll("[\\[\\]]", ""), uri.getPort(), tls, messageType);
    }

    @Nullable
    private static AmpsCredentials credentials(URI uri) {
        String raw = uri.getRawUserInfo();
        if (raw == null || raw.isEmpty()) {
            return null;
        }
        int colon = raw.indexOf(':');
        String user = decode(colon < 0 ? raw : raw.substring(0, colon));
        String password = colon < 0 ? null : decode(raw.substring(colon + 1));
        return new AmpsCredentials(user.isEmpty() ? null : user, password);
    }

    private static String decode(String raw) {
        return raw.isEmpty() ? "" : URI.create("x://" + raw + "@h").getUserInfo();
    }

    private static IllegalArgumentException invalid(int position, String why) {
        return new IllegalArgumentException(
                "AMPS URI " + position + " of the list cannot be used: " + why + ". " + FORM);
    }
}
