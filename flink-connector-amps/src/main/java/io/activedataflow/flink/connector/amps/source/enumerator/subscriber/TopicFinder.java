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

package io.activedataflow.flink.connector.amps.source.enumerator.subscriber;

import io.activedataflow.flink.connector.amps.AmpsAdminOptions;

import org.apache.flink.annotation.Internal;

import java.util.Set;

/** Asks the servers which topics they know. Used on the enumerator's worker thread; blocks. */
@Internal
@FunctionalInterface
public interface TopicFinder {

    /**
     * The names of the SOW topics and queues of one message type.
     *
     * @throws io.activedataflow.flink.connector.amps.client.AmpsException classified, with a
     *     message that names the URL and the remedy
     */
    Set<String> topics(AmpsAdminOptions admin, String messageType);
}
