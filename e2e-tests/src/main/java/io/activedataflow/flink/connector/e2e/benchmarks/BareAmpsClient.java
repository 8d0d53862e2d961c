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

package io.activedataflow.flink.connector.e2e.benchmarks;

import com.crankuptheamps.client.Client;
import com.crankuptheamps.client.Command;
import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.fields.Field;

import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Reads by the official client alone: a handler that copies the body of each message. */
final class BareAmpsClient implements Contestant {

    private static final long TIMEOUT_MILLIS = 10_000;

    /** Far longer than any run takes: a guard against messages that never come. */
    private static final long GIVE_UP_MINUTES = 15;

    private final String uri;

    BareAmpsClient(String uri) {
        this.uri = uri;
    }

    @Override
    public void run(Meter meter) throws Exception {
        Client client = new Client("bare-client-" + UUID.randomUUID());
        try {
            client.connect(uri);
            client.logon(TIMEOUT_MILLIS);
            // As the source asks for it, with server times.
            Command subscribe =
                    new Command("subscribe")
                            .setTopic(StandInProcess.TOPIC)
                            .setBookmark(Client.Bookmarks.EPOCH)
                            .setOptions("timestamp")
                            .setTimeout(TIMEOUT_MILLIS);
            client.executeAsync(subscribe, new Copier(meter)::copy);
            if (!meter.awaitLast(GIVE_UP_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The last message never came.");
            }
        } finally {
            client.close();
        }
    }

    /** Client thread only. */
    private static final class Copier {

        private final Meter meter;
        private final long expected;
        private long messages;

        Copier(Meter meter) {
            this.meter = meter;
            this.expected = meter.expected();
        }

        void copy(Message message) {
            if (message.getCommand() != Message.Command.Publish) {
                return;
            }
            Field data = message.getDataRaw();
            byte[] body =
                    Arrays.copyOfRange(data.buffer, data.position, data.position + data.length);
            messages++;
            if (messages == 1 || messages >= expected) {
                meter.count(messages, body);
            }
        }
    }
}
