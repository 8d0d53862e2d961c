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

import java.io.Serializable;

/**
 * One server of the failover list, without credentials.
 *
 * @param text the URI as the client takes it, with its parameters but without user and password,
 *     for example {@code tcp://amps1.example.com:9007/amps/json}; names the instance in messages
 *     and in the state
 * @param host the host name or address
 * @param port the port
 * @param tls whether the transport is {@code tcps}
 * @param messageType the message type, such as {@code json}
 */
@Internal
public record AmpsServerUri(String text, String host, int port, boolean tls, String messageType)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return text;
    }
}
