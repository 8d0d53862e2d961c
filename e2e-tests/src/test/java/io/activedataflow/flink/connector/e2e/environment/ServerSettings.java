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

package io.activedataflow.flink.connector.e2e.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a server is started.
 *
 * @param name what it is called in logs; in an environment each name is used once
 * @param credentials what it demands of its clients
 * @param queues the topics that are queues; for AMPS only
 */
public record ServerSettings(String name, Optional<Credentials> credentials, List<String> queues) {

    public ServerSettings {
        queues = List.copyOf(queues);
    }

    /** A server that lets in everybody. */
    public static ServerSettings named(String name) {
        return new ServerSettings(name, Optional.empty(), List.of());
    }

    /** As this, for clients that log in as the given user. */
    public ServerSettings withCredentials(String user, String password) {
        return new ServerSettings(name, Optional.of(new Credentials(user, password)), queues);
    }

    /** As this, with one more queue. */
    public ServerSettings withQueue(String topic) {
        List<String> more = new ArrayList<>(queues);
        more.add(topic);
        return new ServerSettings(name, credentials, more);
    }
}
