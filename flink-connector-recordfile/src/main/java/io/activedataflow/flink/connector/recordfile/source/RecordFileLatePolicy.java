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

package io.activedataflow.flink.connector.recordfile.source;

import org.apache.flink.annotation.PublicEvolving;

/**
 * What to do with a file that turns up later than the {@link RecordFileDiscoveryMode} allows for.
 * It is told from an old file by not having been listed before, so only while the job runs: the
 * first listing after a restore takes such files for old ones, and a warning, or with {@link #FAIL}
 * an error, says how many more old files there are at least than when the checkpoint was made.
 */
@PublicEvolving
public enum RecordFileLatePolicy {
    /** Read it like any other, and count it. The default. */
    READ,
    /** Leave it alone, and count it. */
    IGNORE,
    /** Fail the job, naming the file. */
    FAIL
}
