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

package io.activedataflow.flink.connector.e2e.scenarios;

import io.activedataflow.flink.connector.e2e.environment.JobSubmission;
import io.activedataflow.flink.connector.e2e.pipeline.ThreeSourcesJob;
import io.activedataflow.flink.connector.e2e.pipeline.UpgradedThreeSourcesJob;

import java.nio.file.Path;
import java.util.List;

/** The jobs that this build has packed as users pack theirs. */
final class JobJars {

    private JobJars() {}

    /** The job of all three sources. */
    static JobSubmission threeSources(List<String> arguments) {
        return submission("job", ThreeSourcesJob.class, arguments);
    }

    /** The same with one operator more. */
    static JobSubmission upgraded(List<String> arguments) {
        return submission("job-upgraded", UpgradedThreeSourcesJob.class, arguments);
    }

    private static JobSubmission submission(
            String classifier, Class<?> entry, List<String> arguments) {
        String file =
                String.format(
                        "e2e-tests-%s-%s.jar",
                        System.getProperty("test.project.version"), classifier);
        Path jar =
                Path.of(
                        System.getProperty("test.project.root"),
                        "e2e-tests",
                        System.getProperty("test.build.output"),
                        file);
        return JobSubmission.of(jar, entry.getName(), arguments.toArray(String[]::new));
    }
}
