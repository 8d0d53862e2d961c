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

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what scripts need in what the command line client writes for people. */
final class CliOutput {

    private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern LISTED = Pattern.compile(" : ([0-9a-f]{32}) : ");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");

    private CliOutput() {}

    /** The id of the job that was submitted. */
    static String submittedJob(String output) {
        return found(SUBMITTED, output);
    }

    /** Where the savepoint is that was taken. */
    static String savepoint(String output) {
        return found(SAVEPOINT, output);
    }

    /** The ids of the jobs in a list. */
    static List<String> listedJobs(String output) {
        return LISTED.matcher(output).results().map(result -> result.group(1)).toList();
    }

    private static String found(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException(
                    "The client has not written '" + pattern + "':\n" + output);
        }
        return matcher.group(1);
    }
}
