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
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessage;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AmpsMalformedPolicyTest {

    private final Counter errors = new SimpleCounter();
    private final TestMessage message = messageOf(new byte[] {'n', (byte) 0xFF, 0});

    private String handle(AmpsMalformedPolicy<String> policy) throws Exception {
        return InstantiationUtil.clone(policy)
                .createHandler(errors, System::nanoTime)
                .handle(message, new IOException("bad value"));
    }

    @Test
    void survivesSerialization() throws Exception {
        assertThatThrownBy(() -> handle(AmpsMalformedPolicy.fail())).hasMessageContaining("7|1|");
        assertThat(handle(AmpsMalformedPolicy.skip())).isNull();
        assertThat(handle(AmpsMalformedPolicy.emit(letter -> "letter"))).isEqualTo("letter");
        assertThat(handle(AmpsMalformedPolicy.emit(letter -> null))).isNull();
    }

    @Test
    void countsWhatDoesNotFailTheJob() throws Exception {
        assertThatThrownBy(() -> handle(AmpsMalformedPolicy.fail()));
        assertThat(errors.getCount()).isZero();

        handle(AmpsMalformedPolicy.skip());
        handle(AmpsMalformedPolicy.emit(letter -> "letter"));
        assertThat(errors.getCount()).isEqualTo(2);
    }

    @Test
    void failsWithPositionCauseAndRemedy() {
        IOException cause = new IOException("bad value");

        assertThatThrownBy(() -> MalformedMessageHandler.<String>failing().handle(message, cause))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "The message with bookmark 7|1| of topic 'orders' cannot be deserialized:"
                                + " bad value. ")
                .hasMessageContaining("AmpsMalformedPolicy.skip()")
                .hasMessageContaining("AmpsMalformedPolicy.emit(...)")
                .hasCause(cause);
        assertThatThrownBy(
                        () ->
                                MalformedMessageHandler.<String>failing()
                                        .handle(message.withBookmark(null), cause))
                .hasMessageStartingWith(
                        "The message without a bookmark of topic 'orders' cannot be deserialized");
    }

    @Test
    void handsOverACopy() {
        IOException cause = new IOException("bad value");
        AmpsMalformedMessage letter = AmpsMalformedMessage.copyOf(message, cause);
        Arrays.fill(message.bodyArray(), (byte) 'x');

        assertThat(letter.topic()).isEqualTo("orders");
        assertThat(letter.bookmark()).isEqualTo(new AmpsBookmark(7, 1));
        assertThat(letter.body()).containsExactly('n', 0xFF, 0);
        assertThat(letter.bodyAsString()).isEqualTo("n\uFFFD\0");
        assertThat(letter.timestamp()).isEqualTo(Instant.ofEpochMilli(1500));
        assertThat(letter.correlationId()).isEqualTo("c");
        assertThat(letter.cause()).isSameAs(cause);
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        TestMessage bare = message.withBookmark(null).withTimestampMicros(AmpsMessage.NO_TIMESTAMP);
        AmpsMalformedMessage letter =
                AmpsMalformedMessage.copyOf(bare, new IOException("bad value"));

        assertThat(letter.bookmark()).isNull();
        assertThat(letter.timestamp()).isNull();
    }

    @Test
    void isReadable() {
        assertThat(AmpsMalformedPolicy.fail()).hasToString("fail");
        assertThat(AmpsMalformedPolicy.skip()).hasToString("skip");
        assertThat(AmpsMalformedPolicy.emit(letter -> letter)).hasToString("emit");
    }

    @Test
    void showsNoContent() {
        AmpsMalformedMessage letter =
                AmpsMalformedMessage.copyOf(
                        messageOf("pin=1234"), new IOException("bad value '1234'"));

        assertThat(letter.toString())
                .contains("orders", "7|1|", "8 bytes", "IOException")
                .doesNotContain("1234");
    }

    @Test
    void refusesNoFunction() {
        assertThatThrownBy(() -> AmpsMalformedPolicy.emit(null))
                .isInstanceOf(NullPointerException.class);
    }
}
