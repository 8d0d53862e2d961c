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

import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;

/** What single options may be set to. */
@Internal
final class OptionValues {

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** What still fits into nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final long SMALLEST_BYTES = 1024;
    private static final long LARGEST_BYTES = 1L << 30;

    private OptionValues() {}

    static Duration positive(ConfigOption<Duration> option, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw unusable(option, value, "at least 1 ms and at most 36500 d");
        }
        return value;
    }

    static Duration notNegative(ConfigOption<Duration> option, Duration value) {
        if (!value.isZero() && (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0)) {
            throw unusable(option, value, "0, or at least 1 ms and at most 36500 d");
        }
        return value;
    }

    static int atLeastOne(ConfigOption<Integer> option, int value) {
        if (value < 1) {
            throw unusable(option, value, "1 or more");
        }
        return value;
    }

    static int between(ConfigOption<Integer> option, int least, int most, int value) {
        if (value < least || value > most) {
            throw unusable(option, value, "a number from " + least + " to " + most);
        }
        return value;
    }

    static MemorySize size(ConfigOption<MemorySize> option, MemorySize value) {
        if (value.getBytes() < SMALLEST_BYTES || value.getBytes() > LARGEST_BYTES) {
            throw unusable(option, value, "from 1 kb up to 1 gb");
        }
        return value;
    }

    static String order(String order) {
        if (order == null || order.isBlank()) {
            throw new IllegalArgumentException(
                    "setOrderBy() got "
                            + (order == null ? "null" : "'" + order + "'")
                            + ", which is no order. Give fields, for example \"/price DESC, /id\","
                            + " or leave it out.");
        }
        return order;
    }

    static int topN(int records) {
        if (records < 1) {
            throw new IllegalArgumentException(
                    "setTopN() got " + records + ". Give 1 or more, or leave it out for all.");
        }
        return records;
    }

    private static IllegalArgumentException unusable(
            ConfigOption<?> option, Object value, String remedy) {
        return new IllegalArgumentException(
                "'" + option.key() + "' cannot be " + value + ". Give " + remedy + '.');
    }
}
