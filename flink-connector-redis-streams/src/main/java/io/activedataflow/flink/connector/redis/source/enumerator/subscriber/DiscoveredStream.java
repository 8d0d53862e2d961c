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

import org.apache.flink.annotation.Internal;

/**
 * A stream that is to be read.
 *
 * @param key its key
 * @param partition its number within its topic, or -1
 * @param exists whether the server has just been seen to have it; false says nothing
 */
@Internal
public record DiscoveredStream(String key, int partition, boolean exists) {}
