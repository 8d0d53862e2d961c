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

package io.activedataflow.flink.connector.e2e.pipeline;

import org.apache.flink.util.TimeUtils;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Arguments of the form {@code --name value}; {@code --name} alone means true. */
final class PipelineArguments {

    private static final String PREFIX = "--";
    private static final String PRESENT = "true";

    private final Map<String, String> values;

    private PipelineArguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param known the names there are
     */
    static PipelineArguments parse(String[] args, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        while (at < args.length) {
            String name = nameOf(args[at++], known);
            boolean alone = at == args.length || args[at].startsWith(PREFIX);
            String value = alone ? PRESENT : args[at++];
            if (values.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException(
                        "The argument '--" + name + "' is given twice. Leave one of them out.");
            }
        }
        return new PipelineArguments(values);
    }

    private static String nameOf(String argument, Set<String> known) {
        if (!argument.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "'" + argument + "' is no argument's name. Give '--name value'.");
        }
        String name = argument.substring(PREFIX.length());
        if (!known.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no argument '--"
                            + name
                            + "'. Give some of "
                            + new TreeSet<>(known)
                            + '.');
        }
        return name;
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String required(String name, String example) {
        return text(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "The argument '--"
                                                + name
                                                + "' is missing. Give it, for example '--"
                                                + name
                                                + ' '
                                                + example
                                                + "'."));
    }

    boolean isOn(String name) {
        return converted(
                        name,
                        "true or false",
                        value ->
                                switch (value) {
                                    case "true" -> true;
                                    case "false" -> false;
                                    default -> throw new IllegalArgumentException(value);
                                })
                .orElse(false);
    }

    Optional<Duration> duration(String name) {
        return converted(name, "a duration such as 500ms or 10s", TimeUtils::parseDuration);
    }

    Optional<Integer> number(String name) {
        return converted(name, "a number", Integer::valueOf);
    }

    private <T> Optional<T> converted(String name, String what, Function<String, T> conversion) {
        return text(name)
                .map(
                        value -> {
                            try {
                                return conversion.apply(value);
                            } catch (IllegalArgumentException e) {
                                throw new IllegalArgumentException(
                                        "The argument '--"
                                                + name
                                                + "' cannot be '"
                                                + value
                                                + "'. Give "
                                                + what
                                                + '.',
                                        e);
                            }
                        });
    }
}
