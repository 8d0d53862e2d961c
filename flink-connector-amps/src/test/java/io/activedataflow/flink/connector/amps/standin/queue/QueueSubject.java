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

package io.activedataflow.flink.connector.amps.standin.queue;

import io.activedataflow.flink.connector.amps.standin.filter.FilterSubject;

/**
 * A message of a queue as filters see it.
 *
 * @param lastLeased seconds since 1970 UTC, null if it never was
 */
record QueueSubject(
        String messageType, String topic, QueuedMessage message, Long leaseCount, Long lastLeased)
        implements FilterSubject {

    @Override
    public byte[] body() {
        return message.body();
    }

    @Override
    public String bookmark() {
        return message.bookmark();
    }

    @Override
    public String correlationId() {
        return message.correlationId();
    }

    @Override
    public String sowKey() {
        return null;
    }
}
