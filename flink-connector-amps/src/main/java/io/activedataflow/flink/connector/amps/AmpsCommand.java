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

/** What a message is, in AMPS words. */
@PublicEvolving
public enum AmpsCommand {
    /** A published message, complete. */
    PUBLISH,
    /** A published message that may hold only what has changed. */
    DELTA_PUBLISH,
    /** A record of a state-of-the-world query. */
    SOW,
    /** A record that is no longer in focus of the subscription. */
    OOF
}
