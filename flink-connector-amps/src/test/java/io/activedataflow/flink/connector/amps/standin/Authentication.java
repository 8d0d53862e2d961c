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

package io.activedataflow.flink.connector.amps.standin;

/** Decides at logon who may use the server. Called on the thread of the connection. */
public interface Authentication {

    /**
     * Decides about one logon frame.
     *
     * @param user may be null
     * @param password what the client's authenticator supplied; may be null
     * @param round 1 for the first logon frame of a connection, 2 for the answer to the first
     *     challenge, and so on
     */
    Decision authenticate(String clientName, String user, String password, int round);

    /** What the client is told. */
    sealed interface Decision permits Accept, Refuse, Retry {}

    /** Logged on. */
    record Accept() implements Decision {}

    /**
     * Not logged on; the connection is closed.
     *
     * @param reason {@code auth failure} or {@code not entitled}
     */
    record Refuse(String reason) implements Decision {}

    /** A challenge: the client shall log on again with what it makes of these. */
    record Retry(String user, String password) implements Decision {}

    /** Everybody is let in. */
    static Authentication anybody() {
        return (clientName, user, password, round) -> new Accept();
    }

    /** One user with one password; everybody else is refused with {@code auth failure}. */
    static Authentication user(String expectedUser, String expectedPassword) {
        return (clientName, user, password, round) ->
                expectedUser.equals(user) && expectedPassword.equals(password)
                        ? new Accept()
                        : new Refuse(Reason.AUTH_FAILURE);
    }
}
