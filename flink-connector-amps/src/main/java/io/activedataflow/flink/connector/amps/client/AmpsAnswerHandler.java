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

import org.apache.flink.annotation.Internal;

/**
 * Takes the answer to a command that was sent without waiting for it: one call of one of these, or
 * none if the connection is closed before the answer has come. It comes on the client's thread
 * behind what the server has sent before, so that a subscription that is held back holds it back,
 * too. Returns at once.
 */
@Internal
public interface AmpsAnswerHandler {

    /** The server has carried the command out. */
    void onProcessed();

    /**
     * The server has refused the command, or the connection was lost before it has answered;
     * classified, with server, subject and remedy.
     */
    void onRefused(AmpsException cause);
}
