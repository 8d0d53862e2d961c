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

package io.activedataflow.flink.connector.amps.standin;

import java.io.IOException;
import java.time.Duration;

/** Starts the heartbeats of a connection, or keeps it alive. Never answered. */
final class HeartbeatCommand {

    private final Session session;
    private final Ambiguities ambiguities;

    HeartbeatCommand(Session session, Ambiguities ambiguities) {
        this.session = session;
        this.ambiguities = ambiguities;
    }

    void handle(Header header) throws Rejected, IOException {
        String options = header.has(Field.OPTIONS) ? header.get(Field.OPTIONS) : "";
        if (options.equals("beat")) {
            return;
        }
        if (options.startsWith("stop")) {
            session.writer().heartbeats().stop();
            session.tolerateSilence(Duration.ZERO);
        } else if (options.matches("start,\\d{1,6}")) {
            Duration interval = Duration.ofSeconds(Long.parseLong(options.substring(6)));
            session.writer().heartbeats().every(interval);
            session.writer().queue().signal();
            if (ambiguities.disconnectsSilentClients()) {
                session.tolerateSilence(interval.multipliedBy(2));
            }
        } else {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
    }
}
