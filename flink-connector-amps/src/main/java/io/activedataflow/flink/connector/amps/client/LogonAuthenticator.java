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
import io.activedataflow.flink.connector.amps.AmpsCredentials;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.Authenticator;
import com.crankuptheamps.client.exception.AuthenticationException;

import javax.annotation.Nullable;

/**
 * Answers the AMPS client's questions for a password or token: with the password, or with what the
 * user's authenticator makes of it. For one logon.
 */
@Internal
final class LogonAuthenticator implements Authenticator {

    @FunctionalInterface
    private interface Step {
        String take() throws Exception;
    }

    private final AmpsCredentials credentials;
    private final @Nullable AmpsAuthenticator authenticator;
    private volatile Exception failure;

    LogonAuthenticator(AmpsCredentials credentials, @Nullable AmpsAuthenticator authenticator) {
        this.credentials = credentials;
        this.authenticator = authenticator;
    }

    /** Whether it is the user's own, and not just a password. */
    boolean isOfUser() {
        return authenticator != null;
    }

    /**
     * What the authenticator has thrown, which the client's own exception may not tell; or null.
     */
    @Nullable
    Exception failure() {
        return failure;
    }

    @Override
    public String authenticate(String user, String password) throws AuthenticationException {
        return authenticator == null
                ? credentials.password()
                : step(
                        () ->
                                authenticator.authenticate(
                                        credentials.user(), credentials.password()));
    }

    @Override
    public String retry(String user, String challenge) throws AuthenticationException {
        if (authenticator == null) {
            failure =
                    new AuthenticationException(
                            "the server asks for another round, which a password cannot answer;"
                                    + " use setAuthenticatorFactory");
            throw (AuthenticationException) failure;
        }
        return step(() -> authenticator.retry(user, challenge));
    }

    @Override
    public void completed(String user, String password, int reason) throws AuthenticationException {
        if (authenticator != null) {
            step(
                    () -> {
                        authenticator.completed(user, password, reason);
                        return null;
                    });
        }
    }

    private String step(Step step) throws AuthenticationException {
        try {
            return step.take();
        } catch (Exception e) {
            failure = e;
            // Without the message, which may hold a token and which the client may repeat.
            throw new AuthenticationException("The authenticator failed.", e);
        }
    }
}
