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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A job as it is submitted, through whichever client.
 *
 * @param jar with the job; the client must see it under this path
 * @param entryClass whose main method builds the job
 * @param arguments of the main method
 * @param parallelism of operators that do not say otherwise
 * @param savepoint what the job starts from, a savepoint or a checkpoint that was retained
 * @param configuration of this job, over that of the cluster
 */
public record JobSubmission(
        Path jar,
        String entryClass,
        List<String> arguments,
        OptionalInt parallelism,
        Optional<String> savepoint,
        Map<String, String> configuration) {

    public JobSubmission {
        arguments = List.copyOf(arguments);
        configuration = Map.copyOf(configuration);
    }

    /** A job that starts from nothing, with the parallelism of the cluster's configuration. */
    public static JobSubmission of(Path jar, String entryClass, String... arguments) {
        return new JobSubmission(
                jar,
                entryClass,
                List.of(arguments),
                OptionalInt.empty(),
                Optional.empty(),
                Map.of());
    }

    /** As this, with another parallelism. */
    public JobSubmission withParallelism(int parallelism) {
        return new JobSubmission(
                jar, entryClass, arguments, OptionalInt.of(parallelism), savepoint, configuration);
    }

    /** As this, started from a savepoint or a retained checkpoint. */
    public JobSubmission from(String savepoint) {
        return new JobSubmission(
                jar, entryClass, arguments, parallelism, Optional.of(savepoint), configuration);
    }

    /** As this, with one more line of Flink's configuration. */
    public JobSubmission with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(configuration);
        more.put(key, value);
        return new JobSubmission(jar, entryClass, arguments, parallelism, savepoint, more);
    }

    /** What the command line client is called with, to submit the job and leave it running. */
    List<String> commandLine() {
        List<String> command = new ArrayList<>(List.of("run", "--detached"));
        parallelism.ifPresent(n -> command.addAll(List.of("--parallelism", Integer.toString(n))));
        savepoint.ifPresent(path -> command.addAll(List.of("--fromSavepoint", path)));
        configuration.forEach((key, value) -> command.add("-D" + key + '=' + value));
        command.addAll(List.of("--class", entryClass, jar.toString()));
        command.addAll(arguments);
        return command;
    }
}
