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

package io.activedataflow.flink.connector.amps.standin.sow;

/**
 * The record of one key as one message has left it. Each update makes another one.
 *
 * @param body not to be changed
 * @param timestampMicros when the server processed the last message, since 1970 UTC
 * @param expiresAtMicros when it expires, {@link #NEVER} if it does not
 * @param bookmark of the last message; null if that is not logged
 * @param correlationId of the last message; may be null
 * @param user who published the last message; may be null
 */
public record SowRecord(
        String key,
        byte[] body,
        long timestampMicros,
        long expiresAtMicros,
        String bookmark,
        String correlationId,
        String user) {

    /** The expiry of a record that does not expire. */
    public static final long NEVER = Long.MAX_VALUE;
}
