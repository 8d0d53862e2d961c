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

import javax.annotation.Nullable;

/** An error reply to a command, before anybody has decided what it means. Stays in this package. */
@Internal
final class CommandRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient RedisNode node;
    private final String command;
    private final @Nullable String key;

    CommandRefusedException(
            RedisNode node, String command, @Nullable String key, RuntimeException cause) {
        super(String.valueOf(cause.getMessage()), cause);
        this.node = node;
        this.command = command;
        this.key = key;
    }

    /** The error reply. */
    String error() {
        return getMessage();
    }

    /** The same for those who do not know what to make of it. */
    RedisStreamsException classified() {
        return RedisErrors.reply(node, command, key, error(), getCause());
    }
}
