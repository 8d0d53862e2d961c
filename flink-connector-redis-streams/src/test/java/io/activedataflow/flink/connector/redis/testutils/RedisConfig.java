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

package io.activedataflow.flink.connector.redis.testutils;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Directives of a Redis configuration, in order; later ones win. Immutable.
 *
 * @param directives each a name followed by its values
 */
record RedisConfig(List<List<String>> directives) {

    static final RedisConfig EMPTY = new RedisConfig(List.of());

    /** What all servers for tests have in common: no snapshots, and no waiting for each other. */
    static RedisConfig base(RedisVersion version) {
        RedisConfig common =
                EMPTY.with("protected-mode", "no")
                        .with("daemonize", "no")
                        .with("loglevel", "notice")
                        .with("save", "")
                        .with("repl-diskless-sync", "yes")
                        .with("repl-diskless-sync-delay", "0");
        return version.isAtLeast(7, 0)
                ? common.with("shutdown-timeout", "0").with("enable-debug-command", "local")
                : common;
    }

    RedisConfig with(String name, String... values) {
        List<String> directive = new ArrayList<>(List.of(name));
        directive.addAll(List.of(values));
        List<List<String>> all = new ArrayList<>(directives);
        all.add(List.copyOf(directive));
        return new RedisConfig(List.copyOf(all));
    }

    /** The text of a configuration file. */
    String toFileText() {
        return directives.stream()
                .map(
                        directive ->
                                directive.get(0)
                                        + directive.stream()
                                                .skip(1)
                                                .map(RedisConfig::quote)
                                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** The same as arguments of {@code redis-server}. */
    List<String> toArguments() {
        List<String> arguments = new ArrayList<>();
        for (List<String> directive : directives) {
            arguments.add("--" + directive.get(0));
            arguments.addAll(directive.subList(1, directive.size()));
        }
        return List.copyOf(arguments);
    }

    private static String quote(String value) {
        return " \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Names only, for values may be secrets. */
    @Override
    public String toString() {
        return directives.stream().map(d -> d.get(0)).toList().toString();
    }
}
