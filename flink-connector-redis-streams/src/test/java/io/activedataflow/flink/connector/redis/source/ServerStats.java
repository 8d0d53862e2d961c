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

import io.activedataflow.flink.connector.redis.testutils.Await;
import io.activedataflow.flink.connector.redis.testutils.RedisCommands;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says about the commands it was sent. */
final class ServerStats {

    private static final Pattern CALLS = Pattern.compile("calls=(\\d+),");

    private ServerStats() {}

    /** How often a command was called; sub-commands, which newer servers list, are added up. */
    static long calls(RedisCommands redis, String command) {
        long calls = 0;
        for (Map.Entry<String, String> stat : redis.info("commandstats").entrySet()) {
            Matcher count = CALLS.matcher(stat.getValue());
            if (commandOf(stat.getKey()).equals(command) && count.find()) {
                calls += Long.parseLong(count.group(1));
            }
        }
        return calls;
    }

    /** The names of all commands called since the last {@code CONFIG RESETSTAT}. */
    static Set<String> commands(RedisCommands redis) {
        Set<String> commands = new TreeSet<>();
        redis.info("commandstats").keySet().forEach(key -> commands.add(commandOf(key)));
        return commands;
    }

    private static String commandOf(String key) {
        return key.substring("cmdstat_".length()).split("\\|")[0];
    }

    /** Waits until a command was called so many times more. */
    static void awaitCalls(RedisCommands redis, String command, int more) {
        long before = calls(redis, command);
        Await.until(
                more + " calls of " + command,
                SequenceLedger.PATIENCE,
                () -> calls(redis, command) >= before + more);
    }
}
