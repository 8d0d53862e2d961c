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
import java.util.Set;

/** Streams that are found by scanning the keys of the server. */
@Internal
final class ScanningSubscriber implements RedisStreamsSubscriber {

    private final String globPattern;
    private final RedisStreamsSelection selection;

    ScanningSubscriber(String globPattern, RedisStreamsSelection selection) {
        this.globPattern = globPattern;
        this.selection = selection;
    }

    @Override
    public Set<DiscoveredStream> discover(RedisStreamsClient client) {
        Set<DiscoveredStream> streams = new LinkedHashSet<>();
        for (String key : client.scanStreams(globPattern)) {
            if (selection.selects(key)) {
                streams.add(new DiscoveredStream(key, selection.partitionOf(key), true));
            }
        }
        return streams;
    }

    @Override
    public boolean canChange() {
        return true;
    }
}
