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

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.AmpsServerUri;

import org.apache.flink.annotation.Internal;

import java.util.List;
import java.util.Objects;

/** Makes connections through the official AMPS client. */
@Internal
public final class ClientAmpsConnectionFactory implements AmpsConnectionFactory {

    private static final long serialVersionUID = 1L;

    private final AmpsConnectionOptions options;

    public ClientAmpsConnectionFactory(AmpsConnectionOptions options) {
        this.options = Objects.requireNonNull(options, "options");
    }

    @Override
    public List<AmpsServerUri> servers() {
        return options.servers();
    }

    @Override
    public AmpsConnection create(AmpsServerUri server, String clientName) {
        return new ClientAmpsConnection(server, clientName, options);
    }

    @Override
    public String toString() {
        return options.serversText();
    }
}
