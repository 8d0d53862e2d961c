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
import java.util.function.Consumer;

/** Writes down the frames of one connection, one line each: direction, header, body. */
final class WireTrace {

    private final Consumer<String> lines;

    WireTrace(Consumer<String> lines) {
        this.lines = lines;
    }

    void received(byte[] frame) {
        lines.accept("C→S " + new String(frame, StandardCharsets.UTF_8));
    }

    void sent(byte[] array, int from, int to) {
        lines.accept("S→C " + new String(array, from, to - from, StandardCharsets.UTF_8));
    }

    void closed(String clientName, String reason) {
        lines.accept("--- connection of " + clientName + " closed: " + reason + " ---");
    }
}
