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

package io.activedataflow.flink.connector.amps.source.reader;

import io.activedataflow.flink.connector.amps.AmpsBookmark;
import io.activedataflow.flink.connector.amps.AmpsCommand;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class AmpsMessageCursorTest {

    private static String bodyInPlace(AmpsMessage message) {
        return new String(
                message.bodyArray(),
                message.bodyOffset(),
                message.bodyLength(),
                StandardCharsets.UTF_8);
    }

    @Test
    void showsAllOfAMessage() {
        AmpsMessageCursor message =
                TestChunks.cursorOn(
                        TestDelivery.of("größer")
                                .command(AmpsCommand.DELTA_PUBLISH)
                                .topic("bestellungen")
                                .bookmark("18446744073709551615|9223372036854775808|")
                                .timestamp("20260102T030405.678901Z")
                                .sowKey("k")
                                .correlationId("c")
                                .userId("u"));

        assertThat(message.server()).isEqualTo("a");
        assertThat(message.topic()).isEqualTo("bestellungen");
        assertThat(message.command()).isEqualTo(AmpsCommand.DELTA_PUBLISH);
        assertThat(bodyInPlace(message)).isEqualTo("größer");
        assertThat(message.body()).isEqualTo(TestDelivery.utf8("größer"));
        assertThat(message.hasBookmark()).isTrue();
        assertThat(message.publisherId()).isEqualTo(-1L);
        assertThat(message.sequence()).isEqualTo(Long.MIN_VALUE);
        assertThat(message.bookmark()).isEqualTo(new AmpsBookmark(-1L, Long.MIN_VALUE));
        assertThat(message.timestampMicros()).isEqualTo(1_767_323_045_678_901L);
        assertThat(message.timestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
        assertThat(message.sowKey()).isEqualTo("k");
        assertThat(message.correlationId()).isEqualTo("c");
        assertThat(message.userId()).isEqualTo("u");
        assertThat(message)
                .hasToString(
                        "message 18446744073709551615|9223372036854775808| of topic"
                                + " 'bestellungen'");
    }

    @Test
    void showsWhatIsAbsent() {
        AmpsMessageCursor message = TestChunks.cursorOn(TestDelivery.of(""));

        assertThat(message.bodyLength()).isZero();
        assertThat(message.body()).isEmpty();
        assertThat(message.hasBookmark()).isFalse();
        assertThat(message.bookmark()).isNull();
        assertThat(message.timestampMicros()).isEqualTo(AmpsMessage.NO_TIMESTAMP);
        assertThat(message.timestamp()).isNull();
        assertThat(message.sowKey()).isNull();
        assertThat(message.correlationId()).isNull();
        assertThat(message.userId()).isNull();
    }

    @Test
    void givesACopyOfTheBody() {
        AmpsMessageCursor message = TestChunks.cursorOn(TestDelivery.of("abc"));

        message.body()[0] = 'x';

        assertThat(bodyInPlace(message)).isEqualTo("abc");
    }
}
