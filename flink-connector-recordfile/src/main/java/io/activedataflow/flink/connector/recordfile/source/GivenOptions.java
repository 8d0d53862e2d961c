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

package io.activedataflow.flink.connector.recordfile.source;

import io.activedataflow.flink.connector.recordfile.client.ExponentialBackoff;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;
import io.activedataflow.flink.connector.recordfile.source.enumerator.discovery.FileDiscoverySettings;
import io.activedataflow.flink.connector.recordfile.source.reader.ReaderOptions;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.Objects;

/** The options that the user has given; refuses values that one cannot have by itself. */
@Internal
final class GivenOptions {

    /** How often a continuous source looks for files if the user does not say. */
    static final Duration DEFAULT_INTERVAL = Duration.ofMillis(500);

    private static final double BACKOFF_JITTER = 0.5;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** What still fits into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final Configuration values = new Configuration();

    <V> void set(ConfigOption<V> option, V value) {
        values.set(option, requireGiven(option, value));
    }

    void setPositive(ConfigOption<Duration> option, Duration value) {
        if (requireGiven(option, value).compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw unusable(option, value, "at least 1 ms and at most 36500 d");
        }
        values.set(option, value);
    }

    void setCount(ConfigOption<Integer> option, int value, int least, int most) {
        if (value < least || value > most) {
            throw unusable(
                    option,
                    value,
                    most == Integer.MAX_VALUE
                            ? least + " or more"
                            : "from " + least + " to " + most);
        }
        values.set(option, value);
    }

    void setSize(
            ConfigOption<MemorySize> option, MemorySize value, MemorySize least, MemorySize most) {
        if (requireGiven(option, value).compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw unusable(
                    option,
                    value,
                    most.equals(MemorySize.MAX_VALUE)
                            ? least + " or more"
                            : "from " + least + " to " + most);
        }
        values.set(option, value);
    }

    <V> V get(ConfigOption<V> option) {
        return values.get(option);
    }

    boolean contains(ConfigOption<?> option) {
        return values.contains(option);
    }

    boolean bounded() {
        return !contains(RecordFileSourceOptions.DISCOVERY_INTERVAL);
    }

    Duration interval() {
        return values.getOptional(RecordFileSourceOptions.DISCOVERY_INTERVAL)
                .orElse(DEFAULT_INTERVAL);
    }

    /** An interval that is longer than the default of the longest raises that. */
    Duration maxInterval() {
        Duration longest = get(RecordFileSourceOptions.DISCOVERY_MAX_INTERVAL);
        return longest.compareTo(interval()) < 0 ? interval() : longest;
    }

    FileDiscoverySettings discoverySettings(
            RecordFileSelection selection,
            RecordFileDiscoveryMode mode,
            RecordFileCompleteness completeness) {
        return new FileDiscoverySettings(
                bounded(),
                selection,
                mode,
                get(RecordFileSourceOptions.ORDER),
                completeness,
                get(RecordFileSourceOptions.ON_LATE_FILE),
                get(RecordFileSourceOptions.ON_FILE_CHANGED),
                get(RecordFileSourceOptions.CONTENT_IDENTITY),
                get(RecordFileSourceOptions.DISCOVERY_MAX_FILES),
                get(RecordFileSourceOptions.DISCOVERY_MAX_BYTES).getBytes(),
                interval(),
                maxInterval(),
                retrySettings());
    }

    RecordFileSplitSettings splitSettings() {
        return new RecordFileSplitSettings(
                get(RecordFileSourceOptions.SPLIT_TARGET_SIZE),
                get(RecordFileSourceOptions.SPLIT_MINIMUM_SIZE));
    }

    FileRetrySettings retrySettings() {
        return new FileRetrySettings(
                new ExponentialBackoff(
                        get(RecordFileSourceOptions.RETRY_INITIAL_BACKOFF),
                        get(RecordFileSourceOptions.RETRY_MAX_BACKOFF),
                        BACKOFF_JITTER),
                get(RecordFileSourceOptions.RETRY_DEADLINE));
    }

    /** Where files are recognised by their content, one that was only touched is the same. */
    FlinkFileAccess fileAccess() {
        return new FlinkFileAccess(retrySettings(), !get(RecordFileSourceOptions.CONTENT_IDENTITY));
    }

    ReaderOptions readerOptions(PositionOverrides overrides) {
        return new ReaderOptions(
                !bounded(),
                get(RecordFileSourceOptions.ON_FILE_CHANGED),
                (int) get(RecordFileSourceOptions.BATCH_SIZE).getBytes(),
                get(RecordFileSourceOptions.PREFETCHED_SPLITS),
                overrides);
    }

    private static <V> V requireGiven(ConfigOption<V> option, V value) {
        return Objects.requireNonNull(
                value,
                () -> "'" + option.key() + "' cannot be null. Give a value, or leave it out.");
    }

    private static IllegalArgumentException unusable(
            ConfigOption<?> option, Object value, String remedy) {
        return new IllegalArgumentException(
                "'" + option.key() + "' cannot be " + value + ". Give " + remedy + '.');
    }
}
