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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsAuthenticator;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.AmpsCredentials;
import io.activedataflow.flink.connector.amps.AmpsServerUri;

import org.apache.flink.annotation.Internal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Who logs on to a server, and with what; found out anew for each connection.
 *
 * @param server to log on to
 * @param credentials as the provider has given them
 * @param authenticator supplies the password or token
 */
@Internal
record Logon(AmpsServerUri server, AmpsCredentials credentials, LogonAuthenticator authenticator) {

    /** Asks the user's provider and factory, on the calling thread. */
    static Logon prepare(AmpsServerUri server, AmpsConnectionOptions options) {
        AmpsCredentials credentials = credentials(server, options);
        AmpsAuthenticator authenticator = authenticator(server, options);
        return new Logon(server, credentials, new LogonAuthenticator(credentials, authenticator));
    }

    /**
     * The URI as the client takes it: with the user, which it takes from nowhere else, and without
     * the password, for which it asks the authenticator. It does so only if there is a user.
     */
    String uri() {
        String user = credentials.user();
        boolean needsAuthenticator =
                credentials.password() != null || authenticator.isOfUser() || user != null;
        if (!needsAuthenticator) {
            return server.text();
        }
        // Only spaces are encoded differently in a form and in a URI.
        String encoded =
                user == null
                        ? ""
                        : URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
        return server.text().replaceFirst("://", "://" + encoded + '@');
    }

    private static AmpsCredentials credentials(
            AmpsServerUri server, AmpsConnectionOptions options) {
        AmpsCredentials credentials;
        try {
            credentials = options.credentialsProvider().get();
        } catch (Exception e) {
            throw new AmpsException(
                    AmpsException.Kind.RETRIABLE,
                    "The credentials provider "
                            + options.credentialsProvider()
                            + " has no credentials for AMPS server "
                            + server
                            + ": "
                            + e.getMessage(),
                    e);
        }
        if (credentials.user() != null && credentials.user().indexOf(':') >= 0) {
            throw new AmpsException(
                    AmpsException.Kind.FATAL,
                    "The user '"
                            + credentials.user()
                            + "' for AMPS server "
                            + server
                            + " has a colon, which the AMPS client takes for the beginning of the"
                            + " password. Use a user without one, or setAuthenticatorFactory.",
                    null);
        }
        return credentials;
    }

    private static AmpsAuthenticator authenticator(
            AmpsServerUri server, AmpsConnectionOptions options) {
        if (options.authenticatorFactory() == null) {
            return null;
        }
        try {
            return options.authenticatorFactory().create(server.text());
        } catch (Exception e) {
            throw AmpsErrors.authenticating(server, e);
        }
    }
}
