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

package io.activedataflow.flink.connector.redis.source;

import org.apache.flink.annotation.PublicEvolving;

/** What to do when entries were trimmed from a stream before they were read. */
@PublicEvolving
public enum RedisStreamsDataLossPolicy {
    /** Fail the job, naming the stream, the bookmark, the first remaining entry and the loss. */
    FAIL,
    /** Log the same as a warning, count the loss in a metric, and go on with what remains. */
    WARN
}
