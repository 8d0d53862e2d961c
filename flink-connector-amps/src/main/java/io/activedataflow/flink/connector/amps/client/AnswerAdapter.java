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

/** Hands the server's answer to a command to whoever waits for it. The client's reader thread. */
@Internal
final class AnswerAdapter implements MessageHandler {

    private final AmpsServerUri server;
    private final String subject;
    private final AmpsAnswerHandler handler;

    /**
     * @param subject what was asked for, to go into "refused …"
     */
    AnswerAdapter(AmpsServerUri server, String subject, AmpsAnswerHandler handler) {
        this.server = server;
        this.subject = subject;
        this.handler = handler;
    }

    @Override
    public void invoke(Message message) {
        if (message.getCommand() != Message.Command.Ack
                || message.isAckTypeNull()
                || message.getAckType() != Message.AckType.Processed) {
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
