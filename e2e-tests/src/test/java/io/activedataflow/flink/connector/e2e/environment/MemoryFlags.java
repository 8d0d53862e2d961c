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

package io.activedataflow.flink.connector.e2e.environment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What Flink makes of its memory options, by the program that its start scripts ask.
 *
 * @param jvm flags of the JVM, such as the size of the heap
 * @param properties {@code -D} and a dynamic property, in turns; a TaskManager needs them to start
 */
record MemoryFlags(List<String> jvm, List<String> properties) {

    private static final String MAIN = "org.apache.flink.runtime.util.bash.BashJavaUtils";
    private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    static MemoryFlags ofJobManager(FlinkJvm java, Reaper reaper) {
        return ask("GET_JM_RESOURCE_PARAMS", java, reaper);
    }

    static MemoryFlags ofTaskManagers(FlinkJvm java, Reaper reaper) {
        return ask("GET_TM_RESOURCE_PARAMS", java, reaper);
    }

    private static MemoryFlags ask(String question, FlinkJvm java, Reaper reaper) {
        List<String> command =
                java.command(
                        FlinkJvm.SHORT_LIVED,
                        MAIN,
                        List.of(
                                question,
                                "--configDir",
                                java.folders().configuration().toString()));
        return parse(Tool.run(question, command, java, TIMEOUT, reaper));
    }

    /** Reads the two lines of the answer between what else is printed. */
    static MemoryFlags parse(String output) {
        List<List<String>> results = new ArrayList<>();
        for (String line : output.lines().toList()) {
            if (line.startsWith(RESULT)) {
                results.add(words(line.substring(RESULT.length())));
            }
        }
        if (results.size() != 2) {
            throw new IllegalStateException(
                    "Flink has answered "
                            + results.size()
                            + " lines instead of 2 about its memory:\n"
                            + output);
        }
        return new MemoryFlags(results.get(0), results.get(1));
    }

    private static List<String> words(String line) {
        return line.isBlank() ? List.of() : List.of(line.trim().split("\\s+"));
    }
}
