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

package io.activedataflow.flink.connector.amps.source;

import org.apache.flink.annotation.PublicEvolving;

/** What to do when the position reached is no longer in the server's transaction log. */
@PublicEvolving
public enum AmpsDataLossPolicy {
    /** Fails the job, with a message that says what is missing and what to do. */
    FAIL,
    /**
     * Logs and counts the loss, and reads everything that the log still has. Messages that were
     * read before may come again: after a loss nobody can tell them from new ones.
     */
    EARLIEST,
    /** Logs and counts the loss, and goes on with what is published from now on. */
    LATEST
}
