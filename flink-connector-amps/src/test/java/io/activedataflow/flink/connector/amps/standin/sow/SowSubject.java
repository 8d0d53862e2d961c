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

package io.activedataflow.flink.connector.amps.standin.sow;

import io.activedataflow.flink.connector.amps.standin.filter.FilterSubject;

/** A record as content filters see it: without a bookmark, so that they decide by the record. */
public record SowSubject(SowTopic sowTopic, SowRecord sowRecord) implements FilterSubject {

    @Override
    public String messageType() {
        return sowTopic.messageType();
    }

    @Override
    public byte[] body() {
        return sowRecord.body();
    }

    @Override
    public String topic() {
        return sowTopic.name();
    }

    @Override
    public String bookmark() {
        return null;
    }

    @Override
    public String correlationId() {
        return sowRecord.correlationId();
    }

    @Override
    public String sowKey() {
        return sowRecord.key();
    }
}
