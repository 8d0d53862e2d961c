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

import io.activedataflow.flink.connector.amps.standin.filter.FilterSubject;

/** A message as content filters see it. */
record MessageSubject(String messageType, Message message) implements FilterSubject {

    @Override
    public byte[] body() {
        return message.body().copy();
    }

    @Override
    public String topic() {
        return message.topic();
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
        return message.sowKey();
    }
}
