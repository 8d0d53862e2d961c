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

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class SkippingMessageHandlerTest {

    private final Counter errors = new SimpleCounter();
    private final List<String> warnings = new ArrayList<>();

    /** Close to the overflow that System.nanoTime may come across. */
    private long now = Long.MAX_VALUE - 1;

    private final SkippingMessageHandler<String> handler =
            new SkippingMessageHandler<>(errors, () -> now, warnings::add);

    private void skip(long sequence) {
        assertThat(
                        handler.handle(
                                messageOf("")
                                        .withTopic("t")
                                        .withBookmark(new AmpsBookmark(2, sequence)),
                                new IOException("bad value")))
                .isNull();
    }

    @Test
    void warnsOnceAMinuteWithASamplePosition() {
        skip(1);
        skip(2);
        now += Duration.ofSeconds(60).toNanos() - 1;
        skip(3);
        assertThat(warnings)
                .containsExactly(
                        "Malformed messages skipped since the last such warning: 1. The latest is"
                                + " the message with bookmark 2|1| of topic 't': bad value.");

        now += 1;
        skip(4);
        skip(5);
        assertThat(warnings)
                .hasSize(2)
                .last()
                .isEqualTo(
                        "Malformed messages skipped since the last such warning: 3. The latest is"
                                + " the message with bookmark 2|4| of topic 't': bad value.");
        assertThat(errors.getCount()).isEqualTo(5);
    }

    @Test
    void warnsOfTheFirstMessageWhateverTheClockShows() {
        now = 0;
        skip(1);

        assertThat(warnings).hasSize(1);
    }

    @Test
    void namesTheExceptionThatHasNoMessage() {
        handler.handle(messageOf(""), new IllegalStateException());

        assertThat(warnings).singleElement().asString().endsWith("IllegalStateException.");
    }
}
