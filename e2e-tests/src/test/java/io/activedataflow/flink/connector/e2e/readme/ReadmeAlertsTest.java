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

package io.activedataflow.flink.connector.e2e.readme;

import io.activedataflow.flink.connector.amps.metrics.AmpsMetric;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileMetric;
import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileEnumeratorMetric;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;

import org.apache.flink.runtime.metrics.MetricNames;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The metrics that the README advises to watch exist, and are of whom it says. */
@Timeout(60)
class ReadmeAlertsTest {

    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| (\\w+) \\| .+ \\|");

    private static final Set<String> REDIS =
            names(Stream.of(RedisStreamsMetric.values()).map(RedisStreamsMetric::qualifiedName));
    private static final Set<String> AMPS =
            names(Stream.of(AmpsMetric.values()).map(AmpsMetric::qualifiedName));
    private static final Set<String> FILES =
            names(
                    Stream.concat(
                            Stream.of(RecordFileMetric.values())
                                    .map(RecordFileMetric::qualifiedName),
                            Stream.of(RecordFileEnumeratorMetric.values())
                                    .map(RecordFileEnumeratorMetric::metricName)));

    /** What is in the lists of the connectors, although Flink gives the name. */
    private static final Set<String> NOT_OF_ALL =
            Set.of(MetricNames.PENDING_RECORDS, MetricNames.PENDING_BYTES);

    @ParameterizedTest
    @MethodSource("rows")
    void metricExists(Row row) throws Exception {
        assertThat(metricsOf(row.owner())).contains(row.metric());
    }

    private static Set<String> metricsOf(String owner) throws Exception {
        return switch (owner) {
            case "Redis" -> REDIS;
            case "AMPS" -> AMPS;
            case "files" -> with(FILES, MetricNames.UNASSIGNED_SPLITS);
            case "Flink" -> flinkMetrics();
            case "all" -> metricsOfAll();
            default -> throw new AssertionError("Nothing is called '" + owner + "'.");
        };
    }

    /** Those that Flink has for every source, and those that every connector has. */
    private static Set<String> metricsOfAll() throws Exception {
        Set<String> ofAll = new HashSet<>(flinkMetrics());
        ofAll.removeAll(NOT_OF_ALL);
        Stream.of(REDIS, AMPS, FILES)
                .flatMap(Set::stream)
                .filter(
                        name ->
                                !(REDIS.contains(name)
                                        && AMPS.contains(name)
                                        && FILES.contains(name)))
                .forEach(ofAll::remove);
        return ofAll;
    }

    private static Set<String> flinkMetrics() throws Exception {
        Set<String> names = new HashSet<>();
        Class<?> checkpoints =
                Class.forName("org.apache.flink.runtime.checkpoint.DefaultCheckpointStatsTracker");
        for (Class<?> holder : List.of(MetricNames.class, checkpoints)) {
            for (Field field : holder.getDeclaredFields()) {
                if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    names.add((String) field.get(null));
                }
            }
        }
        return names;
    }

    private static Set<String> names(Stream<String> names) {
        return names.collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> with(Set<String> names, String another) {
        return names(Stream.concat(names.stream(), Stream.of(another)));
    }

    static List<Row> rows() {
        String text = Readme.text();
        String table =
                text.substring(text.indexOf("<!-- alerts -->"), text.indexOf("<!-- /alerts -->"));
        List<String> lines = table.lines().skip(3).toList();
        List<Row> rows =
                lines.stream()
                        .map(ROW::matcher)
                        .filter(matcher -> matcher.matches())
                        .map(matcher -> new Row(matcher.group(1), matcher.group(2)))
                        .toList();
        assertThat(rows).as("rows of the table of metrics to watch").hasSameSizeAs(lines);
        return rows;
    }

    record Row(String metric, String owner) {}
}
