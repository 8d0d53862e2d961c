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

/**
 * A subscription as tests and the administration interface see it.
 *
 * @param filter null if there is none
 * @param options null if there are none
 * @param bookmark as the client sent it; null for a plain subscription
 */
public record SubscriptionView(
        String clientName,
        String subId,
        String topic,
        String filter,
        String options,
        String bookmark) {

    static SubscriptionView of(Session session, String subId, Header header) {
        return new SubscriptionView(
                session.clientName(),
                subId,
                header.get(Field.TOPIC),
                header.get(Field.FILTER),
                header.get(Field.OPTIONS),
                header.get(Field.BOOKMARK));
    }
}
