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

package io.activedataflow.flink.connector.redis.client;

import org.apache.flink.annotation.Internal;

import redis.clients.jedis.Protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One server; its replicas are looked for ({@code ROLE}) only if somebody wants one. */
@Internal
final class StandaloneTopology implements Topology {

    private final RedisNode server;
    private final ControlConnections connections;
    private final ReplicaChoice choice;
    private volatile List<RedisNode> replicas;

    StandaloneTopology(RedisNode server, ControlConnections connections, ReplicaChoice choice) {
        this.server = server;
        this.connections = connections;
        this.choice = choice;
    }

    @Override
    public RedisNode master(String streamKey) {
        return server;
    }

    @Override
    public Optional<RedisNode> replica(String streamKey) {
        List<RedisNode> known = replicas;
        if (known == null) {
            known = askForReplicas();
            // Where there is none, one may turn up.
            replicas = known.isEmpty() ? null : known;
        }
        return choice.of(known);
    }

    private List<RedisNode> askForReplicas() {
        List<?> role = RawReply.list(connections.run(server, null, Protocol.Command.ROLE));
        if (role.isEmpty() || !RawReply.text(role.get(0)).equals("master")) {
            // What was given as the server is a replica itself.
            return List.of(server);
        }
        List<RedisNode> found = new ArrayList<>();
        for (Object replica : RawReply.list(role.get(2))) {
            List<?> address = RawReply.list(replica);
            found.add(
                    new RedisNode(
                            RawReply.text(address.get(0)),
                            Integer.parseInt(RawReply.text(address.get(1)))));
        }
        return found;
    }

    @Override
    public List<RedisNode> masters() {
        return List.of(server);
    }

    @Override
    public void refresh() {
        replicas = null;
    }
}
