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

package io.activedataflow.flink.connector.redis.source.enumerator.initializer;

import io.activedataflow.flink.connector.redis.client.GroupCursor;
import io.activedataflow.flink.connector.redis.client.RedisStreamsClient;
import io.activedataflow.flink.connector.redis.client.StreamInfo;
import io.activedataflow.flink.connector.redis.source.enumerator.subscriber.DiscoveredStream;

import org.apache.flink.annotation.Internal;

import java.util.Optional;

/**
 * What the server says of one stream, asked when first needed and at most once, so that start and
 * stop of a split are taken from the same moment.
 */
@Internal
final class StreamSnapshot {

    private final RedisStreamsClient client;
    private final DiscoveredStream stream;
    private Optional<StreamInfo> info;

    StreamSnapshot(RedisStreamsClient client, DiscoveredStream stream) {
        this.client = client;
        this.stream = stream;
    }

    DiscoveredStream stream() {
        return stream;
    }

    @SuppressWarnings("OptionalAssignedToNull")
    Optional<StreamInfo> info() {
        if (info == null) {
            info = client.streamInfo(stream.key());
        }
        return info;
    }

    Optional<GroupCursor> cursorOf(String group) {
        return client.groupCursor(stream.key(), group);
    }
}
