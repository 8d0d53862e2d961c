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

import java.io.Serializable;

/**
 * Makes the client of one enumerator or reader, on the machine and thread that will use it.
 *
 * <p>{@link #toString} names the servers as the user gave them, and never a secret: it goes into
 * messages.
 */
@Internal
@FunctionalInterface
public interface RedisStreamsClientFactory extends Serializable {

    /**
     * Creates a client. May connect, and then blocks for at most the configured time-outs.
     *
     * @throws RedisStreamsException as the methods of the client do
     */
    RedisStreamsClient create();
}
