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

import io.activedataflow.flink.connector.amps.standin.sow.SowTable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the administration interface tells about an instance. */
final class InstanceAdmin implements AdminModel {

    private final Broker broker;
    private final Endpoints endpoints;

    InstanceAdmin(Broker broker, Endpoints endpoints) {
        this.broker = broker;
        this.endpoints = endpoints;
    }

    @Override
    public String name() {
        return broker.settings().name();
    }

    @Override
    public String version() {
        return broker.settings().version();
    }

    @Override
    public Instant now() {
        return instant(broker.settings().clock().getAsLong());
    }

    @Override
    public List<SowTopic> sowTopics() {
        List<SowTopic> topics = new ArrayList<>();
        broker.inOrder(
                () -> {
                    for (SowTable table : broker.stateOfTheWorld().tables()) {
                        topics.add(row(table));
                    }
                });
        topics.addAll(endpoints.adminTopics().sowTopics());
        return topics;
    }

    @Override
    public List<Queue> queues() {
        return Stream.concat(broker.queues().figures(), endpoints.adminTopics().queues().stream())
                .sorted(Comparator.comparing(Queue::topic))
                .toList();
    }

    @Override
    public List<View> views() {
        return endpoints.adminTopics().views();
    }

    @Override
    public LogRange log() {
        return broker.log()
                .timestamps()
                .map(ends -> new LogRange(instant(ends.oldest()), instant(ends.newest())))
                .orElse(new LogRange(null, null));
    }

    @Override
    public List<SubscriptionView> subscriptions() {
        return broker.subscriptions();
    }

    @Override
    public List<String> clientNames() {
        return broker.sessions().stream()
                .map(Session::clientName)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }

    @Override
    public List<Transport> transports() {
        List<Transport> transports = new ArrayList<>();
        transports.add(new Transport("tcp", "tcp", endpoints.port()));
        if (endpoints.webSocketPort() != 0) {
            transports.add(new Transport("websocket", "websocket", endpoints.webSocketPort()));
        }
        return transports;
    }

    private static SowTopic row(SowTable table) {
        SowTable.Counts counts = table.counts();
        return new SowTopic(
                table.topic().name(),
                table.topic().messageType(),
                counts.records(),
                counts.inserts(),
                counts.updates(),
                counts.deletes(),
                table.historyWindow());
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
