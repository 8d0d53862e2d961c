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

/** Adds up the restarts of a job, which a JobManager counts from the time that it has the job. */
final class RestartCount {

    private long total;
    private int last;

    /**
     * Takes note of what the JobManager has counted, which is less than before if it is another
     * one.
     */
    void seen(int count) {
        if (count < last) {
            jobManagerReplaced();
        }
        total += count - last;
        last = count;
    }

    /** Another JobManager has restarted the job, and begins to count. */
    void jobManagerReplaced() {
        total++;
        last = 0;
    }

    long total() {
        return total;
    }
}
