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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** The options of the AMPS source, the same for the builder and for SQL. */
@PublicEvolving
public final class AmpsSourceOptions {

    public static final ConfigOption<Duration> DISCOVERY_INTERVAL =
            ConfigOptions.key("scan.discovery.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How often to look for new topics where topics are discovered; 0 looks"
                                    + " once. Bounded runs look once in any case.");

    public static final ConfigOption<AmpsDataLossPolicy> ON_DATA_LOSS =
            ConfigOptions.key("scan.on-data-loss")
                    .enumType(AmpsDataLossPolicy.class)
                    .defaultValue(AmpsDataLossPolicy.FAIL)
                    .withDescription(
                            "What to do when the position reached is no longer in the server's"
                                    + " transaction log: 'fail' the job, or log and count the loss"
                                    + " and go on with the 'earliest' message that the log still"
                                    + " has or with the 'latest'.");

    public static final ConfigOption<Duration> FAILOVER_OVERLAP =
            ConfigOptions.key("scan.failover-overlap")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How far, by server time, to read again after a failover to another"
                                    + " server, so that messages of publishers never seen before"
                                    + " are not missed; what was read already is dropped. Must be"
                                    + " longer than the worst lag of replication plus the difference"
                                    + " between the servers' clocks. 0 relies on the publishers"
                                    + " seen before.");

    public static final ConfigOption<Boolean> TIMESTAMPS =
            ConfigOptions.key("scan.timestamps")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether to ask for server times: for the timestamps of records, the"
                                    + " overlap after a failover, the age of publishers and the"
                                    + " metrics of lag. Without them each message is some 30 bytes"
                                    + " shorter.");

    public static final ConfigOption<Integer> SOW_BATCH_SIZE =
            ConfigOptions.key("scan.sow.batch-size")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "How many records of the state of the world the server puts into one"
                                    + " frame, from 1 to 10000. More is faster for short records.");

    public static final ConfigOption<Integer> BUFFER_MAX_MESSAGES =
            ConfigOptions.key("scan.buffer.max-messages")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "The most messages that wait in memory, per split. A full buffer holds"
                                    + " the server back.");

    public static final ConfigOption<MemorySize> BUFFER_MAX_SIZE =
            ConfigOptions.key("scan.buffer.max-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(4))
                    .withDescription(
                            "The most memory that waiting messages take, per split. A single larger"
                                    + " message is taken alone.");

    public static final ConfigOption<Integer> PUBLISHERS_KEEP_AT_LEAST =
            ConfigOptions.key("scan.publishers.keep-at-least")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "How many publishers each split remembers whatever their age, those"
                                    + " with the latest messages first. What is remembered is"
                                    + " needed for failovers only, and is part of the state.");

    public static final ConfigOption<Duration> PUBLISHERS_KEEP_FOR =
            ConfigOptions.key("scan.publishers.keep-for")
                    .durationType()
                    .defaultValue(Duration.ofDays(7))
                    .withDescription(
                            "How long further publishers are remembered after their last message,"
                                    + " by server time; should not be shorter than the log is"
                                    + " retained. Without server times only the number counts.");

    public static final ConfigOption<Integer> QUEUE_MAX_BACKLOG =
            ConfigOptions.key("scan.queue.max-backlog")
                    .intType()
                    .defaultValue(1000)
                    .withDescription(
                            "How many messages of a queue each subscription asks to have leased at"
                                    + " a time; the queue's own limit"
                                    + " (MaxPerSubscriptionBacklog, 1 by default) holds as well. So"
                                    + " many are read between two checkpoints at most.");

    public static final ConfigOption<Integer> QUEUE_SUBSCRIPTIONS =
            ConfigOptions.key("scan.queue.subscriptions")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "How many subscriptions compete for the messages of each queue, each"
                                    + " with a connection of its own. Default: as many as the"
                                    + " source has subtasks.");

    public static final ConfigOption<Integer> QUEUE_ACK_BATCH_SIZE =
            ConfigOptions.key("scan.queue.ack-batch-size")
                    .intType()
                    .defaultValue(500)
                    .withDescription(
                            "How many messages of a queue are acknowledged with one command.");

    public static final ConfigOption<Duration> QUEUE_STALL_TIMEOUT =
            ConfigOptions.key("scan.queue.stall-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(10))
                    .withDescription(
                            "How long a subscription may wait, with everything emitted that the"
                                    + " queue leases to it, for a checkpoint to complete before the"
                                    + " job fails. Must be longer than the interval between"
                                    + " checkpoints.");

    public static final ConfigOption<Duration> RETRY_INITIAL_BACKOFF =
            ConfigOptions.key("retry.initial-backoff")
                    .durationType()
                    .defaultValue(Duration.ofMillis(100))
                    .withDescription(
                            "The pause after the first of a row of transient errors; it doubles"
                                    + " with each further one, less a random part.");

    public static final ConfigOption<Duration> RETRY_MAX_BACKOFF =
            ConfigOptions.key("retry.max-backoff")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription("The longest pause between two attempts.");

    public static final ConfigOption<Duration> RETRY_DEADLINE =
            ConfigOptions.key("retry.deadline")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(5))
                    .withDescription(
                            "How long a row of transient errors may last before the job fails and"
                                    + " Flink's restart strategy takes over.");

    private AmpsSourceOptions() {}
}
