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
import java.util.List;

/** Flink's own command line client, as a user calls it, against one cluster. */
public interface FlinkCli {

    /**
     * Runs the client, as in {@code execute("run", "-d", "-c", "Main", "job.jar")}.
     *
     * @return what it has written to standard output and error
     * @throws IllegalStateException if it ends with an error, with what it has written
     */
    String execute(List<String> arguments);

    /** As {@link #execute(List)}. */
    default String execute(String... arguments) {
        return execute(List.of(arguments));
    }

    /** Submits a job and leaves it running; returns its id. */
    default String run(JobSubmission job) {
        return CliOutput.submittedJob(execute(job.commandLine()));
    }

    /** Stops the job with a savepoint in the folder; returns where it is. */
    default String stop(String job, Path folder) {
        return CliOutput.savepoint(execute("stop", "--savepointPath", folder.toString(), job));
    }

    /** Cancels the job. */
    default void cancel(String job) {
        execute("cancel", job);
    }

    /** The ids of the jobs that run. */
    default List<String> list() {
        return CliOutput.listedJobs(execute("list", "--running"));
    }
}
