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

package io.activedataflow.flink.connector.e2e.examples;

import io.activedataflow.flink.connector.redis.source.reader.RedisStreamsMalformedEntry;

import java.util.stream.Collectors;

/**
 * A malformed entry, as somebody will want to look at it.
 *
 * @param stream where it is
 * @param entryId which one it is
 * @param fields what is in it
 * @param reason why it could not be read
 */
public record DeadLetter(String stream, String entryId, String fields, String reason) {

    static DeadLetter of(RedisStreamsMalformedEntry entry) {
        return new DeadLetter(
                entry.streamKey(),
                entry.id().toString(),
                entry.fields().stream()
                        .map(field -> field.nameAsString() + '=' + field.valueAsString())
                        .collect(Collectors.joining(", ", "{", "}")),
                entry.cause().getMessage());
    }

    /** One line of the dead-letter file. */
    @Override
    public String toString() {
        return stream + ' ' + entryId + ' ' + fields + ' ' + reason;
    }
}
