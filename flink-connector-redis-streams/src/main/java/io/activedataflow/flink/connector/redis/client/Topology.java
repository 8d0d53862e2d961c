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

package io.activedataflow.flink.connector.redis.client;

import org.apache.flink.annotation.Internal;

import java.util.List;
import java.util.Optional;

/**
 * Where streams are. What has been found out is kept until {@link #refresh}. Thread-safe; every
 * method may ask servers and throws {@link RedisStreamsException}.
 */
@Internal
interface Topology {

    /** The master that serves the stream. */
    RedisNode master(String streamKey);

    /** A replica of the master that serves the stream, or empty if it has none that works. */
    Optional<RedisNode> replica(String streamKey);

    /** All masters that may hold streams. */
    List<RedisNode> masters();

    /** Forgets what has been found out. */
    void refresh();
}
