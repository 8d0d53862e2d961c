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

import org.apache.flink.annotation.PublicEvolving;

import java.io.Serializable;

/**
 * Makes the authenticator of a connection, on the machine that connects. Part of the serialized
 * job, which authenticators as a rule cannot be.
 */
@PublicEvolving
@FunctionalInterface
public interface AmpsAuthenticatorFactory extends Serializable {

    /**
     * Called for each attempt to connect, by several threads at once.
     *
     * @param server the URI without user and password, for example {@code
     *     tcp://amps1.example.com:9007/amps/json}
     * @throws Exception as from the authenticator's own methods
     */
    AmpsAuthenticator create(String server) throws Exception;
}
