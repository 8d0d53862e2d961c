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

package io.activedataflow.flink.connector.amps;

import org.apache.flink.annotation.PublicEvolving;

/** Why a record is no longer in focus of a subscription. */
@PublicEvolving
public enum AmpsOutOfFocusReason {
    /** It was updated and no longer matches the filter, or has left the first n. */
    MATCH,
    /** It was deleted. */
    DELETED,
    /** Its lifetime is over. */
    EXPIRED,
    /** The user may no longer see it. */
    ENTITLEMENT,
    /**
     * The server has not told it: the record was emitted before, and is not in a later snapshot.
     * Only with keys tracked.
     */
    MISSING,
    /** The server gives a reason that this release does not know. */
    OTHER
}
