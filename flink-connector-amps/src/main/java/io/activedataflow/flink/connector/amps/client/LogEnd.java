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

package io.activedataflow.flink.connector.amps.client;

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.apache.flink.annotation.Internal;

import java.util.Objects;

/** Where the transaction log of a server ends for a topic, at the moment of asking. */
@Internal
public sealed interface LogEnd {

    /**
     * At this position: what is published from now on comes after it.
     *
     * @param bookmark the last entry of the log; may be one of another topic
     */
    record At(AmpsBookmark bookmark) implements LogEnd {
        public At {
            Objects.requireNonNull(bookmark, "bookmark");
        }
    }

    /** Before everything: no message of the topic is retained. */
    record Empty() implements LogEnd {}

    /** The log has messages of the topic, but the server does not say where it ends. */
    record NotTold() implements LogEnd {}
}
