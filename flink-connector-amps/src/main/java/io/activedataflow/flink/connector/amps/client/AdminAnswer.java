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
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonNode;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

import javax.annotation.Nullable;

import java.io.IOException;
import java.util.Set;

/**
 * Reads answers of the administration interface. The AMPS monitoring guide tells the names of the
 * metrics, but not how they are nested in JSON; so any object with a topic counts, however deep.
 */
@Internal
final class AdminAnswer {

    private static final String TOPIC = "topic";
    private static final String MESSAGE_TYPE = "message_type";

    private AdminAnswer() {}

    /**
     * @param messageType only topics of this type, where it is told; null for all
     * @throws IOException if the answer is not JSON
     */
    static void addTopics(byte[] answer, @Nullable String messageType, Set<String> topics)
            throws IOException {
        JsonNode root = new ObjectMapper().readTree(answer);
        if (root == null || !root.isContainerNode()) {
            throw new IOException("neither an object nor an array");
        }
        collect(root, messageType, topics);
    }

    private static void collect(JsonNode node, @Nullable String messageType, Set<String> topics) {
        JsonNode topic = node.get(TOPIC);
        if (topic != null && topic.isTextual() && isOfType(node, messageType)) {
            topics.add(topic.textValue());
        }
        for (JsonNode child : node) {
            collect(child, messageType, topics);
        }
    }

    private static boolean isOfType(JsonNode row, @Nullable String messageType) {
        JsonNode type = row.get(MESSAGE_TYPE);
        return messageType == null
                || type == null
                || !type.isTextual()
                || type.textValue().isEmpty()
                || type.textValue().equals(messageType);
    }
}
