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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import org.apache.flink.annotation.Internal;

import java.nio.charset.StandardCharsets;

/** Names and values as error messages show them: short, on one line, whatever their bytes. */
@Internal
final class Excerpt {

    private static final int MAX_BYTES = 64;

    private Excerpt() {}

    static String of(byte[] data, int offset, int length) {
        int shown = Math.min(length, MAX_BYTES);
        StringBuilder excerpt = new StringBuilder(shown + 24).append('\'');
        String text = new String(data, offset, shown, StandardCharsets.UTF_8);
        text.codePoints()
                .map(c -> Character.isISOControl(c) ? '.' : c)
                .forEach(excerpt::appendCodePoint);
        excerpt.append('\'');
        if (shown < length) {
            excerpt.append("... (").append(length).append(" bytes)");
        }
        return excerpt.toString();
    }

    static String of(byte[] data) {
        return of(data, 0, data.length);
    }
}
