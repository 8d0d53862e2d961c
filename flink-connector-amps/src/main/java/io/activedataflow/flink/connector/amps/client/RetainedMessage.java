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

/**
 * A message that a server's log still has.
 *
 * @param bookmark its identity
 * @param timestampMicros its server time in microseconds since the epoch, or {@link
 *     ServerTimestamps#UNKNOWN}
 */
@Internal
public record RetainedMessage(AmpsBookmark bookmark, long timestampMicros) {

    public RetainedMessage {
        Objects.requireNonNull(bookmark, "bookmark");
    }
}
