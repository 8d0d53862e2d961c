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
import io.activedataflow.flink.connector.amps.source.AmpsSourceOptions;
import io.activedataflow.flink.connector.recordfile.metrics.RecordFileMetric;
import io.activedataflow.flink.connector.recordfile.source.RecordFileSourceOptions;
import io.activedataflow.flink.connector.recordfile.source.enumerator.RecordFileEnumeratorMetric;
import io.activedataflow.flink.connector.redis.metrics.RedisStreamsMetric;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSourceOptions;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the tables of the README from the code. {@link #main} prints them all, with the markers
 * between which {@link ReadmeTablesTest} looks for them.
 */
final class ReadmeTables {

    private ReadmeTables() {}

    public static void main(String[] args) {
        all().forEach((name, table) -> System.out.println(section(name, table) + '\n'));
    }

    /** Every table by the text of its opening marker. */
    static Map<String, String> all() {
        return new TreeMap<>(
                Map.of(
                        "options:amps", optionsOf(AmpsSourceOptions.class),
                        "metrics:amps", ampsMetrics(),
                        "options:record-files", optionsOf(RecordFileSourceOptions.class),
                        "metrics:record-files", recordFileMetrics(),
                        "metrics:record-files-enumerator", recordFileEnumeratorMetrics(),
                        "options:redis-streams", optionsOf(RedisStreamsSourceOptions.class),
                        "metrics:redis-streams", redisStreamsMetrics()));
    }

    /** A table between its markers. */
    static String section(String name, String table) {
        return opening(name) + '\n' + table + closing(name);
    }

    static String opening(String name) {
        return "<!-- " + name + " -->";
    }

    static String closing(String name) {
        return "<!-- /" + name.substring(0, name.indexOf(':')) + " -->";
    }

    private static String optionsOf(Class<?> holder) {
        return "| Option | Type | Default | Meaning |\n|---|---|---|---|\n"
                + Stream.of(holder.getDeclaredFields())
                        .filter(field -> field.getType() == ConfigOption.class)
                        .filter(field -> Modifier.isPublic(field.getModifiers()))
                        .map(ReadmeTables::optionRow)
                        .collect(Collectors.joining());
    }

    private static String optionRow(Field field) {
        ConfigOption<?> option = valueOf(field);
        return row(
                code(option.key()),
                typeOf(field),
                defaultOf(option),
                new HtmlFormatter().format(option.description()));
    }

    private static ConfigOption<?> valueOf(Field field) {
        try {
            return (ConfigOption<?>) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String typeOf(Field field) {
        Class<?> type =
                (Class<?>) ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        return type.isEnum()
                ? Stream.of(type.getEnumConstants())
                        .map(constant -> code(textOf(constant)))
                        .collect(Collectors.joining(", "))
                : type.getSimpleName();
    }

    private static String defaultOf(ConfigOption<?> option) {
        Object value = option.defaultValue();
        if (value == null) {
            return "none";
        }
        return value.equals(MemorySize.MAX_VALUE) || value.equals(Integer.MAX_VALUE)
                ? "no limit"
                : code(textOf(value));
    }

    private static String textOf(Object value) {
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        return value.toString();
    }

    private static String ampsMetrics() {
        return metrics(
                Stream.of(AmpsMetric.values())
                        .map(
                                metric ->
                                        row(
                                                code(metric.qualifiedName()),
                                                metric.kind().name().toLowerCase(Locale.ROOT),
                                                metric.description())));
    }

    private static String redisStreamsMetrics() {
        return metrics(
                Stream.of(RedisStreamsMetric.values())
                        .map(
                                metric ->
                                        row(
                                                code(metric.qualifiedName()),
                                                metric.kind().name().toLowerCase(Locale.ROOT),
                                                metric.description())));
    }

    private static String recordFileMetrics() {
        return metrics(
                Stream.of(RecordFileMetric.values())
                        .map(
                                metric ->
                                        row(
                                                code(metric.qualifiedName()),
                                                metric.kind().name().toLowerCase(Locale.ROOT),
                                                metric.description())));
    }

    private static String recordFileEnumeratorMetrics() {
        return metrics(
                Stream.of(RecordFileEnumeratorMetric.values())
                        .map(
                                metric ->
                                        row(
                                                code(metric.metricName()),
                                                "counter",
                                                metric.description())));
    }

    private static String metrics(Stream<String> rows) {
        return "| Metric | Kind | Meaning |\n|---|---|---|\n" + rows.collect(Collectors.joining());
    }

    private static String row(String... cells) {
        return Stream.of(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String code(String text) {
        return '`' + text + '`';
    }
}
