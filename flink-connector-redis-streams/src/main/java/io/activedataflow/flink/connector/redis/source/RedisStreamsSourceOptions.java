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

package io.activedataflow.flink.connector.redis.source;

import org.apache.flink.annotation.PublicEvolving;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** The options of the Redis Streams source, the same for the builder and for SQL. */
@PublicEvolving
public final class RedisStreamsSourceOptions {

    public static final ConfigOption<String> CONSUMER_GROUP =
            ConfigOptions.key("consumer.group")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The consumer group whose cursor shows how far the job has got: it is"
                                    + " moved when a checkpoint completes, for operators and tools"
                                    + " to look at. Without a group nothing is ever written to"
                                    + " Redis. Delivery never depends on it.");

    public static final ConfigOption<String> CONSUMER_NAME =
            ConfigOptions.key("consumer.name")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The consumer to show in the group. Needs 'consumer.group'; has no"
                                    + " influence on what is read.");

    public static final ConfigOption<Duration> DISCOVERY_INTERVAL =
            ConfigOptions.key("scan.discovery.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How often to look for new streams of a topic with discovered"
                                    + " partitions or of a pattern; 0 looks once. Bounded runs look"
                                    + " once in any case.");

    public static final ConfigOption<RedisStreamsDataLossPolicy> ON_DATA_LOSS =
            ConfigOptions.key("scan.on-data-loss")
                    .enumType(RedisStreamsDataLossPolicy.class)
                    .defaultValue(RedisStreamsDataLossPolicy.FAIL)
                    .withDescription(
                            "What to do when entries were trimmed from a stream before they were"
                                    + " read: 'fail' the job, or 'warn', count them and go on.");

    public static final ConfigOption<RedisStreamsResetPolicy> ON_STREAM_RESET =
            ConfigOptions.key("scan.on-stream-reset")
                    .enumType(RedisStreamsResetPolicy.class)
                    .defaultValue(RedisStreamsResetPolicy.FAIL)
                    .withDescription(
                            "What to do when a stream that has been read was deleted, written anew"
                                    + " or rolled back by a failover: 'fail' the job, read it from"
                                    + " its 'earliest' entry, or 'wait' until it contains the"
                                    + " bookmark again.");

    public static final ConfigOption<Duration> POSITION_CHECK_INTERVAL =
            ConfigOptions.key("scan.position-check.interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "How often positions are compared with the server while reading, which"
                                    + " also refreshes 'pendingRecords' and the credentials. They"
                                    + " are always compared after a restore and a reconnect.");

    public static final ConfigOption<Integer> BATCH_MAX_ENTRIES =
            ConfigOptions.key("scan.batch.max-entries")
                    .intType()
                    .defaultValue(2000)
                    .withDescription("The most entries to ask for, per stream and read.");

    public static final ConfigOption<MemorySize> BATCH_TARGET_SIZE =
            ConfigOptions.key("scan.batch.target-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(2))
                    .withDescription(
                            "How large the reply to one read should be at most. Fewer entries are"
                                    + " asked for where entries are large. Up to four replies are"
                                    + " held in memory per reader.");

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

    private RedisStreamsSourceOptions() {}
}
