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

import java.nio.charset.StandardCharsets;

/** Builds the header of a frame to a client: compact, only with names that clients read. */
final class HeaderBuilder {

    private final StringBuilder text = new StringBuilder(96).append('{');

    private HeaderBuilder() {}

    static HeaderBuilder command(String command) {
        return new HeaderBuilder().add("c", command);
    }

    /** An acknowledgement; without command id for the periodic ones. */
    static HeaderBuilder ack(String commandId, String type) {
        return command("ack").add("cid", commandId).add("a", type);
    }

    /** Adds a field; null is left out. */
    HeaderBuilder add(String name, String value) {
        if (value != null) {
            name(name).append('"');
            escape(value, text);
            text.append('"');
        }
        return this;
    }

    HeaderBuilder addUnsigned(String name, long value) {
        name(name).append(Long.toUnsignedString(value));
        return this;
    }

    HeaderBuilder success() {
        return add("status", "success");
    }

    HeaderBuilder failure(String reason) {
        return add("status", "failure").add("reason", reason);
    }

    /** A complete frame without body. */
    byte[] frame() {
        return frame(new byte[0]);
    }

    byte[] frame(byte[] body) {
        FrameBuffer buffer = new FrameBuffer(text.length() + body.length + 8);
        buffer.begin();
        buffer.append(text.append('}').toString()).append(body);
        buffer.end();
        return buffer.toBytes();
    }

    /** What has been built so far, without closing brace. */
    byte[] open() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String escape(String value) {
        StringBuilder escaped = new StringBuilder(value.length() + 8);
        escape(value, escaped);
        return escaped.toString();
    }

    private StringBuilder name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        return text.append('"').append(name).append("\":");
    }

    private static void escape(String value, StringBuilder to) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\');
            }
            to.append(c);
        }
    }
}
