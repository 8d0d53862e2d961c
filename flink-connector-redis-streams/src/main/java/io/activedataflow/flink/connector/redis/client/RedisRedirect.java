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

import java.util.Optional;

/**
 * An error reply by which a node of a cluster names the one to ask instead.
 *
 * @param ask whether only this once and after {@code ASKING}, because the slot is being migrated
 * @param slot the hash slot
 * @param target the node to ask
 */
@Internal
public record RedisRedirect(boolean ask, int slot, RedisNode target) {

    /**
     * Parses {@code MOVED <slot> <host>:<port>} and {@code ASK …}.
     *
     * @param answeredBy the node that sent the reply; its host counts where the reply names none
     * @return the redirect, or empty if the reply is none
     */
    public static Optional<RedisRedirect> parse(String error, RedisNode answeredBy) {
        boolean ask = error.startsWith("ASK ");
        if (!ask && !error.startsWith("MOVED ")) {
            return Optional.empty();
        }
        String[] words = error.split(" ");
        if (words.length < 3) {
            return Optional.empty();
        }
        String host = words[2].substring(0, Math.max(0, words[2].lastIndexOf(':')));
        String port = words[2].substring(words[2].lastIndexOf(':') + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return Optional.of(
                    new RedisRedirect(
                            ask,
                            Integer.parseInt(words[1]),
                            new RedisNode(
                                    host.isEmpty() || host.equals("?") ? answeredBy.host() : host,
                                    Integer.parseInt(port))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
