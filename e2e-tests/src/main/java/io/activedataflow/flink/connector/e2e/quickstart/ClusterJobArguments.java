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

package io.activedataflow.flink.connector.e2e.quickstart;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.AmpsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.amps.AmpsCredentialsProvider;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptions;
import io.activedataflow.flink.connector.redis.RedisStreamsConnectionOptionsBuilder;
import io.activedataflow.flink.connector.redis.RedisStreamsCredentialsProvider;

import org.apache.flink.core.fs.Path;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arguments of the quick start's job for a cluster, as names and values. The sources that are
 * named are read, and at least one has to be. Passwords are no arguments, as Flink shows these:
 * they are read from files on the machines of the cluster.
 *
 * <ul>
 *   <li>{@code --output} directory for a directory of committed files for each source
 *   <li>{@code --redis} URI, {@code --redis-user}, {@code --redis-password-file}
 *   <li>{@code --amps} URIs with commas between them, {@code --amps-user}, {@code
 *       --amps-password-file}
 *   <li>{@code --files} directory of CSV and JSON Lines files
 * </ul>
 */
record ClusterJobArguments(Map<String, String> values) {

    static final String OUTPUT = "output";
    static final String REDIS = "redis";
    static final String AMPS = "amps";
    static final String FILES = "files";

    private static final String USER = "-user";
    private static final String PASSWORD_FILE = "-password-file";
    private static final String PREFIX = "--";

    private static final List<String> SOURCES = List.of(REDIS, AMPS, FILES);
    private static final List<String> NAMES =
            List.of(
                    OUTPUT,
                    REDIS,
                    REDIS + USER,
                    REDIS + PASSWORD_FILE,
                    AMPS,
                    AMPS + USER,
                    AMPS + PASSWORD_FILE,
                    FILES);

    ClusterJobArguments {
        values = Map.copyOf(values);
        if (!values.containsKey(OUTPUT)) {
            throw new IllegalArgumentException(
                    "Where should the output go? Add --output with a directory that all machines"
                            + " of the cluster see.");
        }
        if (SOURCES.stream().noneMatch(values::containsKey)) {
            throw new IllegalArgumentException(
                    "There is nothing to read. Add --redis, --amps or --files, or several.");
        }
    }

    static ClusterJobArguments parse(String... args) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < args.length; i += 2) {
            String name = nameOf(args[i]);
            if (i + 1 == args.length) {
                throw new IllegalArgumentException("The argument " + args[i] + " has no value.");
            }
            if (values.put(name, args[i + 1]) != null) {
                throw new IllegalArgumentException(
                        "The argument " + args[i] + " is given twice; leave one out.");
            }
        }
        return new ClusterJobArguments(values);
    }

    private static String nameOf(String argument) {
        if (argument.startsWith(PREFIX) && NAMES.contains(argument.substring(PREFIX.length()))) {
            return argument.substring(PREFIX.length());
        }
        // Not the argument itself, which may be a value in the wrong place.
        throw new IllegalArgumentException(
                "Each argument is one of these names, and its value: "
                        + NAMES.stream().map(name -> PREFIX + name).toList());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Path files() {
        return new Path(values.get(FILES));
    }

    /** Where the committed files of a source go. */
    Path output(String source) {
        return new Path(values.get(OUTPUT), source);
    }

    RedisStreamsConnectionOptions redisConnection() {
        RedisStreamsConnectionOptionsBuilder connection =
                RedisStreamsConnectionOptions.fromUri(values.get(REDIS));
        if (has(REDIS + PASSWORD_FILE)) {
            connection.setCredentialsProvider(
                    RedisStreamsCredentialsProvider.fromFile(
                            values.get(REDIS + USER), values.get(REDIS + PASSWORD_FILE)));
        }
        return connection.build();
    }

    AmpsConnectionOptions ampsConnection() {
        AmpsConnectionOptionsBuilder connection =
                AmpsConnectionOptions.servers(values.get(AMPS).split(","));
        if (has(AMPS + PASSWORD_FILE)) {
            connection.setCredentialsProvider(
                    AmpsCredentialsProvider.fromFile(
                            values.get(AMPS + USER), values.get(AMPS + PASSWORD_FILE)));
        }
        return connection.build();
    }
}
