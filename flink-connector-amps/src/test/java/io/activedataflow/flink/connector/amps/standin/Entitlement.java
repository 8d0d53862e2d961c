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

import java.util.function.Predicate;

/**
 * Decides about topics. Asked once per subscription and topic and once per publish, on the thread
 * of a connection.
 */
public interface Entitlement {

    /** Whether a user may subscribe to a topic; for patterns asked per topic at delivery. */
    boolean mayRead(String user, String topic);

    /** Whether a user may publish to a topic. */
    boolean mayWrite(String user, String topic);

    /**
     * A content filter that is added to the subscriptions of a user to a topic, unseen by the
     * client; null for none.
     */
    default String readFilter(String user, String topic) {
        return null;
    }

    /** Everything is allowed to everybody. */
    static Entitlement everything() {
        return topics(topic -> true, topic -> true);
    }

    /** The same topics for everybody. */
    static Entitlement topics(Predicate<String> readable, Predicate<String> writable) {
        return new Entitlement() {
            @Override
            public boolean mayRead(String user, String topic) {
                return readable.test(topic);
            }

            @Override
            public boolean mayWrite(String user, String topic) {
                return writable.test(topic);
            }
        };
    }
}
