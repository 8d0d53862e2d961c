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

package io.activedataflow.flink.connector.amps.standin.queue;

import java.nio.charset.StandardCharsets;

/** A message that has come to a queue. */
public interface QueuedMessage {

    /** Its identity, by which it is acknowledged. */
    String bookmark();

    /** The topic it was published to, which need not be the name of the queue. */
    String topic();

    /** A copy of the body. */
    byte[] body();

    /** What the publisher set, or null. */
    String correlationId();

    /** When the server took it, microseconds since 1970 UTC. */
    long timestampMicros();

    /** The body as text. */
    default String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }
}
