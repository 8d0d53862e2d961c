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

import io.activedataflow.flink.connector.amps.standin.queue.QueueDefinition;
import io.activedataflow.flink.connector.amps.standin.sow.SowTopic;

import javax.net.ssl.SSLContext;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What one instance was configured with.
 *
 * @param tls null for plain TCP
 * @param demandsCertificates whether clients have to show a certificate with TLS
 * @param clock microseconds since 1970 UTC
 * @param queues the message queues
 * @param sowTopics the topics that are kept in the state of the world
 * @param sowStatsInterval how often it is told how many records they have; null for never
 * @param trace takes every frame as a line of text; null for none
 */
record Settings(
        String name,
        Predicate<String> logged,
        Set<String> messageTypes,
        Authentication authentication,
        Entitlement entitlement,
        SSLContext tls,
        boolean demandsCertificates,
        String version,
        LongSupplier clock,
        Ambiguities ambiguities,
        Duration persistedAckInterval,
        PublisherIds publisherIds,
        List<QueueDefinition> queues,
        List<SowTopic> sowTopics,
        Duration sowStatsInterval,
        Consumer<String> trace) {}
