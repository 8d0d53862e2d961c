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
 * size or modification time, or, where content identity is switched on, other bytes at its
 * beginning or end, of which readers look at the beginning only. Noticed by a continuous source at
 * the next look for files, as long as the file is remembered, and by readers when they open a file,
 * when they open it again after a failure or a restore, and when they have read it to its end.
 *
 * <p>A reader takes no offence at a file that has become longer and begins as before: it reads what
 * had been found, unless that does not end with the end of a record.
 */
@PublicEvolving
public enum RecordFileChangePolicy {
    /** Fail the job, naming the file and what has changed. The default. */
    FAIL,
    /**
     * Read the new content from its beginning. What was read of the old one stays read, so that
     * records that both have come twice. A file that has been deleted is left out, as with {@link
     * #SKIP}; so are files of a file system that was unmounted and leaves an empty directory. In a
     * bounded run a file that is read in several parts cannot be read anew: the job fails.
     */
    RESTART,
    /**
     * Do not read the new content, and what remains of the old one neither. Counted. A file system
     * that was unmounted looks like deleted files, as with {@link #RESTART}.
     */
    SKIP
}
