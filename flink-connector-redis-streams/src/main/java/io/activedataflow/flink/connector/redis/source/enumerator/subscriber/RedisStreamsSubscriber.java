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
import io.activedataflow.flink.connector.redis.source.RedisStreamsKeys;
import io.activedataflow.flink.connector.redis.source.RedisStreamsPattern;
import io.activedataflow.flink.connector.redis.source.RedisStreamsSelection;
import io.activedataflow.flink.connector.redis.source.RedisStreamsTopic;

import org.apache.flink.annotation.Internal;

import java.util.Set;

/** Finds the streams of a selection. Used on the enumerator's worker thread. */
@Internal
public interface RedisStreamsSubscriber {

    /** The subscriber for a selection. */
    static RedisStreamsSubscriber of(RedisStreamsSelection selection) {
        if (selection instanceof RedisStreamsTopic topic) {
            return topic.isDiscovered()
                    ? new ScanningSubscriber(topic.scanPattern(), topic)
                    : new FixedSubscriber(topic.fixedKeys(), topic);
        }
        if (selection instanceof RedisStreamsPattern pattern) {
            return new ScanningSubscriber(pattern.glob(), pattern);
        }
        if (selection instanceof RedisStreamsKeys keys) {
            return new FixedSubscriber(keys.keys(), keys);
        }
        throw new IllegalArgumentException("Unknown selection: " + selection);
    }

    /** The streams that are to be read as things stand; blocks. */
    Set<DiscoveredStream> discover(RedisStreamsClient client);

    /** Whether asking again can bring to light other streams. */
    boolean canChange();
}
