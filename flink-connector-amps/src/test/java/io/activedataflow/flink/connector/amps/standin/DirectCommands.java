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

/** What tests do without a client. What a client would be refused is an exception here. */
final class DirectCommands {

    private final Broker broker;

    /** A command that may be refused. */
    private interface Command<T> {
        T carryOut() throws Rejected;
    }

    DirectCommands(Broker broker) {
        this.broker = broker;
    }

    LogEntry publish(
            String publisher, long sequence, String topic, byte[] body, String correlationId) {
        return insist(
                () ->
                        broker.publish(
                                new Publication(
                                        broker.publisherId(publisher),
                                        sequence,
                                        topic,
                                        Body.of(body),
                                        correlationId,
                                        null)));
    }

    LogEntry publish(String topic, byte[] body) {
        return publish(topic, body, null, false, Publication.NO_LIFETIME);
    }

    LogEntry publish(String topic, byte[] body, String key, boolean delta, long lifetimeSeconds) {
        return insist(
                () ->
                        broker.publishUnsequenced(
                                "publisher",
                                new Publication(
                                        0,
                                        0,
                                        topic,
                                        Body.of(body),
                                        null,
                                        null,
                                        key,
                                        delta,
                                        lifetimeSeconds)));
    }

    /**
     * @param micros null for now
     */
    LogEntry replicate(LogEntry entry, Long micros) {
        return insist(() -> broker.publish(Publication.of(entry), micros));
    }

    private static <T> T insist(Command<T> command) {
        try {
            return command.carryOut();
        } catch (Rejected e) {
            throw new IllegalArgumentException(
                    "The server refuses the message: " + e.getMessage() + '.');
        }
    }
}
