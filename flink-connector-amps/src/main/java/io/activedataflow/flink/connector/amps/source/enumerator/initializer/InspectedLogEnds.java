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

package io.activedataflow.flink.connector.amps.source.enumerator.initializer;

import io.activedataflow.flink.connector.amps.client.AmpsConnection;
import io.activedataflow.flink.connector.amps.client.LogEnd;
import io.activedataflow.flink.connector.amps.client.LogInspector;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;

import org.apache.flink.annotation.Internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Finds out where a log ends by subscribing to its end. */
@Internal
public final class InspectedLogEnds implements LogEnds {

    private final Clock clock;

    /**
     * @param clock of this machine; counts where a server does not tell the end
     */
    public InspectedLogEnds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public LogSnapshot ask(AmpsConnection connection, AmpsTopic topic, Duration timeout) {
        // Read before the question is put: what comes in meanwhile belongs behind the end.
        Instant asked = clock.instant();
        LogEnd end =
                LogInspector.end(connection, topic.name(), topic.needsLiteralOption(), timeout);
        return new LogSnapshot(
                connection.server().text(),
                !(end instanceof LogEnd.NotTold),
                end instanceof LogEnd.At at ? at.bookmark() : null,
                asked);
    }
}
