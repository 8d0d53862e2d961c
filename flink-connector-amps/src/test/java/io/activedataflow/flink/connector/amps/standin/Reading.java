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

import io.activedataflow.flink.connector.amps.standin.filter.ContentFilter;
import io.activedataflow.flink.connector.amps.standin.filter.FieldSelection;
import io.activedataflow.flink.connector.amps.standin.filter.FilterSubject;
import io.activedataflow.flink.connector.amps.standin.filter.FilterSyntaxException;
import io.activedataflow.flink.connector.amps.standin.filter.TopicMatcher;

import java.util.HashMap;
import java.util.Map;

/**
 * What a subscription gets: topics, entitlement, content and fields. One thread at a time, because
 * it remembers per topic what has been decided.
 */
final class Reading {

    private final TopicMatcher topics;
    private final ContentFilter filter;
    private final FieldSelection fields;
    private final Entitlement entitlement;
    private final String user;
    private final String messageType;
    private final Map<String, Access> known = new HashMap<>();

    /**
     * What was decided about a topic.
     *
     * @param filter added by the entitlement; null for none
     */
    private record Access(boolean granted, ContentFilter filter) {}

    /**
     * @param filter null for all content
     * @param fields null for all fields
     */
    Reading(
            TopicMatcher topics,
            ContentFilter filter,
            FieldSelection fields,
            Entitlement entitlement,
            String user,
            String messageType) {
        this.topics = topics;
        this.filter = filter;
        this.fields = fields;
        this.entitlement = entitlement;
        this.user = user;
        this.messageType = messageType;
    }

    /** Whether the topic is a regular expression. */
    boolean isOfPattern() {
        return topics.isPattern();
    }

    boolean wantsTopic(String topic) {
        return access(topic).granted();
    }

    /** Whether the content is wanted too; without any filter the message is not looked at. */
    boolean wantsContent(Message message) {
        return wantsContent(new MessageSubject(messageType, message));
    }

    /** As {@link #wantsContent(Message)}, of a message that has more to be asked about. */
    boolean wantsContent(FilterSubject subject) {
        return matches(subject) && isEntitledTo(subject);
    }

    /** Whether the content filter of the client lets the message through. */
    boolean matches(FilterSubject subject) {
        return filter == null || filter.matches(subject);
    }

    /** Whether the content filter of the entitlement, if any, lets the message through. */
    boolean isEntitledTo(FilterSubject subject) {
        ContentFilter entitled = access(subject.topic()).filter();
        return entitled == null || entitled.matches(subject);
    }

    /** The body with the selected fields. */
    Body select(Body body) {
        return fields == null ? body : Body.of(fields.apply(messageType, body.copy()));
    }

    /** The message type of the connection. */
    String messageType() {
        return messageType;
    }

    private Access access(String topic) {
        return known.computeIfAbsent(topic, this::decide);
    }

    private Access decide(String topic) {
        if (!topics.matches(topic) || !entitlement.mayRead(user, topic)) {
            return new Access(false, null);
        }
        String text = entitlement.readFilter(user, topic);
        try {
            return new Access(true, text == null ? null : ContentFilter.parse(text));
        } catch (FilterSyntaxException e) {
            throw new IllegalStateException("The entitlement filter " + text + " is wrong.", e);
        }
    }
}
