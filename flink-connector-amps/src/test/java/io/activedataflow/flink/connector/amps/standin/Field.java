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

package io.activedataflow.flink.connector.amps.standin;

import java.util.HashMap;
import java.util.Map;

/** Header fields that clients send, with the spellings they use. */
enum Field {
    COMMAND("c", "cmd", "command"),
    COMMAND_ID("cid", "cmd_id"),
    TOPIC("t", "topic"),
    ACK("a", "ack_type"),
    OPTIONS("opts", "o", "options"),
    FILTER("filter", "f"),
    BOOKMARK("bookmark", "bm"),
    SUB_ID("sub_id"),
    QUERY_ID("query_id"),
    SEQUENCE("s", "seq"),
    TOP_N("top_n"),
    BATCH_SIZE("batch_size", "bs"),
    SOW_KEYS("sow_keys"),
    ORDER_BY("orderby"),
    SOW_KEY("k", "sow_key"),
    EXPIRATION("e", "expiration"),
    CORRELATION("x", "correlation_id"),
    CLIENT_NAME("client_name"),
    USER("user_id"),
    PASSWORD("pw", "password"),
    MESSAGE_TYPE("mt", "message_type");

    private static final Map<String, Field> BY_NAME = byName();

    private final String[] names;

    Field(String... names) {
        this.names = names;
    }

    /** The field of that name, null if the server does not care about it. */
    static Field named(String name) {
        return BY_NAME.get(name);
    }

    private static Map<String, Field> byName() {
        Map<String, Field> fields = new HashMap<>();
        for (Field field : values()) {
            for (String name : field.names) {
                fields.put(name, field);
            }
        }
        return Map.copyOf(fields);
    }
}
