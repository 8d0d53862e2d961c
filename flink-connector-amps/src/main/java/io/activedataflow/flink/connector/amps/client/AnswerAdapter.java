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

import io.activedataflow.flink.connector.amps.AmpsServerUri;

import org.apache.flink.annotation.Internal;

import com.crankuptheamps.client.Message;
import com.crankuptheamps.client.MessageHandler;

import java.util.Set;

/**
 * Hands the server's answer to a command to whoever waits for it, on the client's reader thread.
 */
@Internal
final class AnswerAdapter implements MessageHandler {

    private final AmpsServerUri server;
    private final String subject;
    private final AmpsAnswerHandler handler;
    private final Set<AnswerAdapter> waiting;

    /**
     * @param subject what was asked for, to go into "refused …"
     * @param waiting all that wait on the same connection; thread-safe. Whoever takes this one out
     *     tells the handler
     */
    AnswerAdapter(
            AmpsServerUri server,
            String subject,
            AmpsAnswerHandler handler,
            Set<AnswerAdapter> waiting) {
        this.server = server;
        this.subject = subject;
        this.handler = handler;
        this.waiting = waiting;
        waiting.add(this);
    }

    /** No answer is of use any more; false if there was one. Any thread. */
    boolean withdraw() {
        return waiting.remove(this);
    }

    /** There will be no answer. Any thread. */
    void lost(AmpsException cause) {
        if (withdraw()) {
            handler.onRefused(cause);
        }
    }

    @Override
    public void invoke(Message message) {
        if (message.getCommand() != Message.Command.Ack
                || message.isAckTypeNull()
                || message.getAckType() != Message.AckType.Processed
                || !withdraw()) {
            return;
        }
        if (message.getStatus() == Message.Status.Failure) {
            String reason = message.isReasonNull() ? "no reason given" : message.getReasonText();
            handler.onRefused(AmpsErrors.refusing(server, subject, reason));
        } else {
            handler.onProcessed();
        }
    }
}
