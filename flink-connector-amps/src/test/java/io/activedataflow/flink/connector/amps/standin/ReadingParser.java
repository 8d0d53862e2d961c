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
import io.activedataflow.flink.connector.amps.standin.filter.FilterSyntaxException;
import io.activedataflow.flink.connector.amps.standin.filter.TopicMatcher;

/** Finds out what a subscription wants to read, and whether it may. */
final class ReadingParser {

    private final Session session;
    private final Entitlement entitlement;

    ReadingParser(Session session, Entitlement entitlement) {
        this.session = session;
        this.entitlement = entitlement;
    }

    /**
     * @throws Rejected if topic, filter or fields are wrong, or if the user may not read the topic
     */
    Reading read(Header header, SubscribeOptions options) throws Rejected {
        String topic = header.get(Field.TOPIC);
        if (topic == null) {
            throw new Rejected(Reason.NO_TOPIC);
        }
        TopicMatcher topics = topics(topic, options.has("non_regex_topic"));
        String user = session.identity().user();
        if (!topics.isPattern() && !entitlement.mayRead(user, topic)) {
            throw new Rejected(Reason.NOT_ENTITLED);
        }
        return new Reading(
                topics,
                filter(header.get(Field.FILTER)),
                fields(options.get("select")),
                entitlement,
                user,
                session.identity().messageType());
    }

    private static TopicMatcher topics(String topic, boolean literal) throws Rejected {
        try {
            return TopicMatcher.of(topic, literal);
        } catch (FilterSyntaxException e) {
            throw new Rejected(Reason.BAD_REGEX_TOPIC);
        }
    }

    /** The filter, null for none. */
    ContentFilter filter(String text) throws Rejected {
        try {
            ContentFilter filter = text == null ? null : ContentFilter.parse(text);
            if (filter != null && !filter.supports(session.identity().messageType())) {
                throw new Rejected(Reason.BAD_FILTER);
            }
            return filter;
        } catch (FilterSyntaxException e) {
            throw new Rejected(Reason.BAD_FILTER);
        }
    }

    private FieldSelection fields(String text) throws Rejected {
        try {
            if (text != null && !FieldSelection.supports(session.identity().messageType())) {
                throw new Rejected(Reason.NOT_SUPPORTED);
            }
            return text == null ? null : FieldSelection.parse(text);
        } catch (FilterSyntaxException e) {
            throw new Rejected(Reason.INVALID_OPTIONS);
        }
    }
}
