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

package io.activedataflow.flink.connector.amps.standin.filter;

import java.util.Locale;

/** What a filter can ask of a message besides its body. Functions without parameters. */
enum MessageProperty implements Expression {
    /** NULL where there is none, as in an answer from the state of the world. */
    BOOKMARK {
        @Override
        public Object value(FilterSubject subject) {
            return Values.ofText(subject.bookmark());
        }
    },
    /** NULL for a topic that is not kept in the state of the world. */
    SOW_KEY {
        @Override
        public Object value(FilterSubject subject) {
            return Values.ofText(subject.sowKey());
        }
    },
    TOPIC_NAME {
        @Override
        public Object value(FilterSubject subject) {
            return Values.ofText(subject.topic());
        }
    },
    CORRELATION_ID {
        @Override
        public Object value(FilterSubject subject) {
            return Values.ofText(subject.correlationId());
        }
    },
    /** The length of the body in bytes. */
    MESSAGE_SIZE {
        @Override
        public Object value(FilterSubject subject) {
            return (long) subject.body().length;
        }
    },

    /** NULL for a message that no queue holds. */
    LEASE_COUNT {
        @Override
        public Object value(FilterSubject subject) {
            return subject.leaseCount();
        }
    },

    /** In seconds since 1970 UTC; NULL for a message that was never leased. */
    LAST_LEASED {
        @Override
        public Object value(FilterSubject subject) {
            return subject.lastLeased();
        }
    };

    /** The property of the given name in any case, or null. */
    static MessageProperty named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        for (MessageProperty property : values()) {
            if (property.name().equals(upper)) {
                return property;
            }
        }
        return null;
    }

    @Override
    public boolean readsBody() {
        return false;
    }
}
