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

package io.activedataflow.flink.connector.amps.source.split;

import io.activedataflow.flink.connector.amps.AmpsBookmark;

import org.apache.flink.annotation.Internal;

import java.io.Serializable;

/**
 * How far the messages of one publisher have been emitted. What this publisher publishes comes in
 * the order of its sequence numbers on every instance.
 *
 * @param publisherId unsigned
 * @param sequence the highest emitted; unsigned
 * @param timestampMicros the server's time of that message in microseconds since the epoch, or
 *     {@link ReplayPosition#UNKNOWN_TIME}
 */
@Internal
public record PublisherPosition(long publisherId, long sequence, long timestampMicros)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    public AmpsBookmark bookmark() {
        return new AmpsBookmark(publisherId, sequence);
    }
}
