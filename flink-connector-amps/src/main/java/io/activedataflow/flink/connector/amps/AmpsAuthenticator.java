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
import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.util.Objects;

/**
 * Logs one connection on with tokens in place of a password, in as many rounds as the server asks
 * for. The methods are those of the AMPS client's own interface, so that any class written for that
 * one, such as 60East's Kerberos samples, can be used by means of {@link #of}:
 *
 * <pre>{@code
 * setAuthenticatorFactory(
 *         server -> {
 *             var kerberos =
 *                     new AMPSKerberosGSSAPIAuthenticator(
 *                             "AMPS/" + URI.create(server).getHost(), "FlinkTaskManager");
 *             return AmpsAuthenticator.of(
 *                     kerberos::authenticate, kerberos::retry, kerberos::completed);
 *         })
 * }</pre>
 *
 * <p>For Kerberos the process that connects (task managers, and the job manager for discovery)
 * needs the JAAS entry that is named there; a ticket is obtained anew for each connection, and an
 * expired one is therefore no trouble.
 *
 * <p>An exception from any method counts as a refusal by the server: the job fails, with the
 * exception as the cause. Tokens must not be part of its message. Used by one thread at a time.
 */
@PublicEvolving
public interface AmpsAuthenticator {

    /**
     * The password or token to log on with.
     *
     * @param user the user that is configured, or null
     * @param password the password that is configured, or null
     */
    String authenticate(@Nullable String user, @Nullable String password) throws Exception;

    /**
     * The answer to a challenge of the server, any number of times.
     *
     * @param user the user that the server has returned, or null
     * @param challenge what the server has returned in the place of the password, or null
     */
    String retry(@Nullable String user, @Nullable String challenge) throws Exception;

    /**
     * The server has accepted; the last call.
     *
     * @param user the user that is logged on, or null
     * @param password what the server has returned in the place of the password, or null
     * @param reason the reason code of the AMPS client
     */
    void completed(@Nullable String user, @Nullable String password, int reason) throws Exception;

    /** Made of three functions, each as the method of the same name. */
    static AmpsAuthenticator of(Step authenticate, Step retry, Completion completed) {
        return new OfFunctions(
                Objects.requireNonNull(authenticate, "authenticate"),
                Objects.requireNonNull(retry, "retry"),
                Objects.requireNonNull(completed, "completed"));
    }

    /** See {@link #authenticate} and {@link #retry}. */
    @PublicEvolving
    @FunctionalInterface
    interface Step {
        String apply(@Nullable String user, @Nullable String password) throws Exception;
    }

    /** See {@link #completed}. */
    @PublicEvolving
    @FunctionalInterface
    interface Completion {
        void accept(@Nullable String user, @Nullable String password, int reason) throws Exception;
    }

    /** See {@link #of}. */
    @Internal
    record OfFunctions(Step first, Step next, Completion last) implements AmpsAuthenticator {

        @Override
        public String authenticate(String user, String password) throws Exception {
            return first.apply(user, password);
        }

        @Override
        public String retry(String user, String challenge) throws Exception {
            return next.apply(user, challenge);
        }

        @Override
        public void completed(String user, String password, int reason) throws Exception {
            last.accept(user, password, reason);
        }
    }
}
