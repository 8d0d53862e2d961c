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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;

import java.nio.charset.StandardCharsets;

/** Makes messages whose bodies lie in the midst of something else, as they do in the reader. */
public final class TestMessages {

    /** Around the body; if it were read as part of it, any schema would notice. */
    private static final byte[] SURROUNDINGS = utf8("9=around\u00019");

    private TestMessages() {}

    /** Topic {@code orders}, bookmark {@code 7|1|}, a time of 1.5 s, correlation ID {@code c}. */
    public static TestMessage messageOf(String body) {
        return messageOf(utf8(body));
    }

    /** As the other, with a body of any bytes. */
    public static TestMessage messageOf(byte[] body) {
        int offset = SURROUNDINGS.length;
        byte[] array = new byte[offset + body.length + offset];
        System.arraycopy(SURROUNDINGS, 0, array, 0, offset);
        System.arraycopy(body, 0, array, offset, body.length);
        System.arraycopy(SURROUNDINGS, 0, array, offset + body.length, offset);
        return new TestMessage(
                "orders",
                AmpsCommand.PUBLISH,
                array,
                offset,
                body.length,
                new AmpsBookmark(7, 1),
                1_500_000,
                null,
                "c",
                null);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
