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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.AmpsServerUri;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;

import org.apache.flink.annotation.Internal;

/**
 * What an {@link OpenAttempt} is to do.
 *
 * @param split with the position that has been reached
 * @param server the server to open it on
 * @param clientName the name of the connection
 * @param purpose what for
 */
@Internal
record OpenRequest(AmpsSplit split, AmpsServerUri server, String clientName, Purpose purpose) {

    /** What a server is asked for. */
    enum Purpose {
        /** To go on reading. */
        RESUME,
        /** To go on reading, from a time before the last message. */
        RESUME_BY_TIME,
        /** To say what its log still has, because the position is not among it. */
        INSPECT_LOSS
    }
}
