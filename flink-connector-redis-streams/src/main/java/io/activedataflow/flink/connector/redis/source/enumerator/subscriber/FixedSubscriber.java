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

package io.activedataflow.flink.connector.redis.source.enumerator.subscriber;

import io.activedataflow.flink.connector.redis.client.RedisStreamsClient;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;

import org.apache.flink.annotation.Internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Streams whose keys are known from the start; the server is not asked. */
@Internal
final class FixedSubscriber implements RedisStreamsSubscriber {

    private final Set<DiscoveredStream> streams = new LinkedHashSet<>();

    FixedSubscriber(List<String> keys, RedisStreamsSelection selection) {
        for (String key : keys) {
            streams.add(new DiscoveredStream(key, selection.partitionOf(key), false));
        }
    }

    @Override
    public Set<DiscoveredStream> discover(RedisStreamsClient client) {
        return streams;
    }

    @Override
    public boolean canChange() {
        return false;
    }
}
