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

package io.activedataflow.flink.connector.amps.testutils;

import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageStream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Takes messages out of a stream of the official client without waiting for ever. */
public final class Messages {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Messages() {}

    /** The next message or acknowledgement. */
    public static Message next(MessageStream messages) {
        messages.timeout(100);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && messages.hasNext()) {
            Message message = messages.next();
            if (message != null) {
                return message;
            }
        }
        throw new AssertionError("No message came.");
    }

    /** The bodies of the next messages, without the acknowledgements between them. */
    public static List<String> take(MessageStream messages, int count) {
        List<String> bodies = new ArrayList<>();
        while (bodies.size() < count) {
            Message message = next(messages);
            if (message.getCommand() == Message.Command.Publish) {
                bodies.add(message.getData());
            }
        }
        return bodies;
    }
}
