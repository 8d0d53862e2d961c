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
 * What to do with a file that has been handed out to be read, and now has another content: another
 * size or modification time, or, where content identity is switched on, other bytes.
 */
@PublicEvolving
public enum RecordFileChangePolicy {
    /** Fail the job, naming the file and what has changed. The default. */
    FAIL,
    /** Read the new content from its beginning. What was read of the old one stays read. */
    RESTART,
    /** Do not read the new content, and what remains of the old one neither. Counted. */
    SKIP
}
