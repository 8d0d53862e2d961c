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

import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.LogEnd;
import io.activedataflow.flink.connector.amps.client.LogInspector;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import java.time.Duration;
import java.time.Instant;

/** Finds out where the log of a server ends. Blocks; worker threads only. */
@Internal
@FunctionalInterface
public interface LogEnds {

    /** Asks by a subscription that starts at the end of the log. */
    static LogEnds bySubscription() {
        return (connection, topic, timeout) -> {
            Instant time = Instant.now();
            LogEnd end =
                    LogInspector.end(connection, topic.name(), topic.needsLiteralOption(), timeout);
            return LogSnapshot.of(connection.server().text(), end, time);
        };
    }

    /**
     * Asks a server where its log ends, or whether it has nothing of this topic.
     *
     * @param connection open, and used for nothing else
     * @param topic a topic that is in the log
     * @param timeout how long the server may take to answer
     * @throws io.activedataflow.flink.connector.amps.client.AmpsException classified
     */
    LogSnapshot ask(AmpsConnection connection, AmpsTopic topic, Duration timeout);
}
