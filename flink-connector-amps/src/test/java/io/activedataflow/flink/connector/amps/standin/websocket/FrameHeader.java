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

package io.activedataflow.flink.connector.amps.standin.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The header at the start of a frame, as far as its carrier must understand it.
 *
 * @param end the index behind it
 * @param command the value of {@code c}, empty if there is none
 * @param length the value of {@code l}, the length of the body of a record; 0 if there is none
 */
record FrameHeader(int end, String command, int length) {

    /** Whether a client waits for a body behind the header, be it an empty one. */
    boolean hasBody() {
        return switch (command) {
            case "p", "publish", "delta_publish", "oof" -> true;
            default -> false;
        };
    }

    static FrameHeader at(byte[] array, int start, int limit) throws IOException {
        String command = "";
        int length = 0;
        String name = null;
        int tokenStart = start + 1;
        boolean quoted = false;
        for (int at = start; at < limit; at++) {
            byte next = array[at];
            if (quoted && next == '\\') {
                at++;
            } else if (next == '"') {
                quoted = !quoted;
            } else if (!quoted && next == ':') {
                name = token(array, tokenStart, at);
                tokenStart = at + 1;
            } else if (!quoted && (next == ',' || next == '}')) {
                if ("c".equals(name)) {
                    command = token(array, tokenStart, at);
                } else if ("l".equals(name)) {
                    length = Integer.parseInt(token(array, tokenStart, at));
                }
                if (next == '}') {
                    return new FrameHeader(at + 1, command, length);
                }
                tokenStart = at + 1;
            }
        }
        throw new IOException("A frame of the server has no header.");
    }

    /** The text between two indexes without the quotes around it. */
    private static String token(byte[] array, int from, int to) {
        boolean quoted = to > from && array[from] == '"';
        int start = quoted ? from + 1 : from;
        int end = quoted ? to - 1 : to;
        return new String(array, start, end - start, StandardCharsets.UTF_8);
    }
}
