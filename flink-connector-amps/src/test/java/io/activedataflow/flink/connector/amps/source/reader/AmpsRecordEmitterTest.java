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
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.reader.RecordingOutput.Emitted;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsMessage;
import io.activedataflow.flink.connector.amps.source.split.AmpsShard;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplit;
import io.activedataflow.flink.connector.amps.source.split.AmpsSplitState;
import io.activedataflow.flink.connector.amps.source.split.AmpsTopic;
import io.activedataflow.flink.connector.amps.source.split.PublisherPruning;
import io.activedataflow.flink.connector.amps.source.split.ReplayEnd;
import io.activedataflow.flink.connector.amps.source.split.ReplayPosition;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AmpsRecordEmitterTest {

    private static final String TIME = "20260102T030405.678901Z";
    private static final long TIME_MICROS = 1_767_323_045_678_901L;
    private static final long TIME_MILLIS = 1_767_323_045_678L;

    private long bytesIn;
    private final Counter errors = new SimpleCounter();
    private final RecordingOutput<String> output = new RecordingOutput<>();
    private final AmpsSplitState split =
            new AmpsSplitState(
                    new AmpsSplit(
                            AmpsTopic.literal("orders"),
                            AmpsShard.WHOLE,
                            AmpsSubscriptionKind.BOOKMARK_REPLAY,
                            "start",
                            ReplayPosition.NONE,
                            null,
                            10,
                            null),
                    new PublisherPruning(100, Duration.ofDays(1)));

    /** Emits the words of the body; "!" fails, "null" is a null element. */
    private static class EachWord implements AmpsDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(AmpsMessage message, Collector<String> out) throws IOException {
            String body = new String(message.body(), StandardCharsets.UTF_8);
            for (String word : body.isEmpty() ? new String[0] : body.split(" ")) {
                if (word.equals("!")) {
                    throw new IOException("bad word");
                }
                out.collect(word.equals("null") ? null : word);
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    private AmpsRecordEmitter<String> emitter(AmpsMalformedPolicy<String> policy) {
        return new AmpsRecordEmitter<>(new EachWord(), policy, errors, bytes -> bytesIn += bytes);
    }

    private static TestDelivery message(String body, String bookmark) {
        return TestDelivery.of(body).bookmark(bookmark).timestamp(TIME);
    }

    private void emit(AmpsMalformedPolicy<String> policy, TestDelivery... messages)
            throws IOException {
        AmpsRecordEmitter<String> emitter = emitter(policy);
        for (TestDelivery message : messages) {
            emitter.emitRecord(TestChunks.cursorOn(message), output, split);
        }
    }

    private AmpsBookmark bookmark() {
        return split.toSplit().position().bookmark();
    }

    @Test
    void advancesOncePerMessageHoweverManyElementsItYields() throws IOException {
        emit(
                AmpsMalformedPolicy.fail(),
                message("", "1|1|"),
                message("a b c", "18446744073709551615|9223372036854775808|"),
                message("d", "1|7|"));

        assertThat(output.emitted)
                .containsExactly(
                        new Emitted<>("a", TIME_MILLIS),
                        new Emitted<>("b", TIME_MILLIS),
                        new Emitted<>("c", TIME_MILLIS),
                        new Emitted<>("d", TIME_MILLIS));
        AmpsSplit now = split.toSplit();
        assertThat(now.position().bookmark()).isEqualTo(new AmpsBookmark(1, 7));
        assertThat(now.position().server()).isEqualTo("a");
        assertThat(now.position().timestampMicros()).isEqualTo(TIME_MICROS);
        assertThat(now.position().publishers())
                .extracting(publisher -> publisher.bookmark())
                .containsExactlyInAnyOrder(
                        new AmpsBookmark(1, 7), new AmpsBookmark(-1L, Long.MIN_VALUE));
        assertThat(now.remaining()).isEqualTo(7);
        assertThat(bytesIn).isEqualTo(6);
    }

    @Test
    void emitsWithoutATimestampWhereTheTimeIsNotKnown() throws IOException {
        emit(
                AmpsMalformedPolicy.fail(),
                TestDelivery.of("a b").bookmark("1|1|"),
                message("c", "1|2|"),
                TestDelivery.of("d").bookmark("1|3|"));

        assertThat(output.emitted)
                .containsExactly(
                        new Emitted<>("a", null),
                        new Emitted<>("b", null),
                        new Emitted<>("c", TIME_MILLIS),
                        new Emitted<>("d", null));
        assertThat(split.toSplit().position().timestampMicros()).isEqualTo(TIME_MICROS);
    }

    @Test
    void roundsTimesBeforeTheEpochDown() throws IOException {
        emit(AmpsMalformedPolicy.fail(), TestDelivery.of("a").timestamp("19691231T235959.999999Z"));

        assertThat(output.emitted).containsExactly(new Emitted<>("a", -1L));
    }

    @Test
    void countsAMessageWithoutABookmark() throws IOException {
        emit(AmpsMalformedPolicy.fail(), TestDelivery.of("a"), TestDelivery.of(""));

        assertThat(output.elements()).containsExactly("a");
        assertThat(split.toSplit().position()).isEqualTo(ReplayPosition.NONE);
        assertThat(split.toSplit().remaining()).isEqualTo(8);
    }

    @Test
    void updatesChangeTheState() {
        ReplayEnd end = ReplayEnd.ofLog("1|9|", "b");

        new SplitUpdate.MovedTo("b", new AmpsBookmark(1, 2)).applyTo(split);
        new SplitUpdate.EndTaken(end).applyTo(split);

        assertThat(bookmark()).isEqualTo(new AmpsBookmark(1, 2));
        assertThat(split.toSplit().position().server()).isEqualTo("b");
        assertThat(split.toSplit().position().idle()).isTrue();
        assertThat(split.toSplit().end()).isEqualTo(end);

        new SplitUpdate.Restarted("0").applyTo(split);

        assertThat(split.toSplit().start()).isEqualTo("0");
        assertThat(split.toSplit().position()).isEqualTo(ReplayPosition.NONE);
    }

    @Test
    void failsAtAMalformedMessageByDefaultAndStaysBeforeIt() {
        assertThatThrownBy(
                        () ->
                                emit(
                                        AmpsMalformedPolicy.fail(),
                                        message("a", "1|1|"),
                                        message("b !", "1|2|")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1|2|")
                .hasMessageContaining("'orders'")
                .hasRootCauseMessage("bad word");

        assertThat(output.elements()).containsExactly("a");
        assertThat(bookmark()).isEqualTo(new AmpsBookmark(1, 1));
        assertThat(split.toSplit().remaining()).isEqualTo(9);
        assertThat(errors.getCount()).isZero();
    }

    @Test
    void skipsAMalformedMessageAsAWhole() throws IOException {
        emit(
                AmpsMalformedPolicy.skip(),
                message("half !", "1|1|"),
                message("a", "1|2|"),
                message("!", "1|3|"));

        assertThat(output.elements()).containsExactly("a");
        assertThat(bookmark()).isEqualTo(new AmpsBookmark(1, 3));
        assertThat(errors.getCount()).isEqualTo(2);
    }

    @Test
    void emitsADeadLetterInPlaceOfAMalformedMessage() throws IOException {
        emit(
                AmpsMalformedPolicy.emit(letter -> "dead"),
                message("half ! rest", "1|1|"),
                message("a", "1|2|"));

        assertThat(output.emitted)
                .containsExactly(
                        new Emitted<>("dead", TIME_MILLIS), new Emitted<>("a", TIME_MILLIS));
        assertThat(bookmark()).isEqualTo(new AmpsBookmark(1, 2));
        assertThat(errors.getCount()).isEqualTo(1);
    }

    @Test
    void treatsANullElementAsAnErrorOfTheDeserializer() throws IOException {
        assertThatThrownBy(() -> emit(AmpsMalformedPolicy.fail(), message("a null b", "1|1|")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The deserializer has collected a null element");

        emit(AmpsMalformedPolicy.skip(), message("a null b", "1|1|"), message("c", "1|2|"));

        assertThat(output.elements()).containsExactly("c");
        assertThat(errors.getCount()).isEqualTo(1);
    }

    @Test
    void neverTakesAFailureOfTheChainForAMalformedMessage() {
        RuntimeException failure = new RuntimeException("further down");
        SourceOutputThatFails<String> failing = new SourceOutputThatFails<>(output, "b", failure);
        AmpsRecordEmitter<String> emitter = emitter(AmpsMalformedPolicy.skip());

        assertThatThrownBy(
                        () ->
                                emitter.emitRecord(
                                        TestChunks.cursorOn(message("a b c", "1|1|")),
                                        failing,
                                        split))
                .isSameAs(failure);
        assertThat(output.elements()).containsExactly("a");
        assertThat(split.toSplit().position()).isEqualTo(ReplayPosition.NONE);
        assertThat(split.toSplit().remaining()).isEqualTo(10);
        assertThat(errors.getCount()).isZero();
    }

    @Test
    void startsAfreshAfterAFailureOfTheChain() throws IOException {
        RuntimeException failure = new RuntimeException("further down");
        AmpsRecordEmitter<String> emitter = emitter(AmpsMalformedPolicy.skip());
        assertThatThrownBy(
                        () ->
                                emitter.emitRecord(
                                        TestChunks.cursorOn(message("a b", "1|1|")),
                                        new SourceOutputThatFails<>(output, "a", failure),
                                        split))
                .isSameAs(failure);

        emitter.emitRecord(TestChunks.cursorOn(message("c", "1|2|")), output, split);

        assertThat(output.elements()).isEqualTo(List.of("c"));
    }

    @Test
    void letsErrorsThroughWhateverThePolicy() {
        StackOverflowError error = new StackOverflowError();
        AmpsRecordEmitter<String> emitter =
                new AmpsRecordEmitter<>(
                        new EachWord() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public void deserialize(AmpsMessage message, Collector<String> out) {
                                throw error;
                            }
                        },
                        AmpsMalformedPolicy.skip(),
                        errors,
                        bytes -> bytesIn += bytes);

        assertThatThrownBy(
                        () ->
                                emitter.emitRecord(
                                        TestChunks.cursorOn(message("a", "1|1|")), output, split))
                .isSameAs(error);
        assertThat(errors.getCount()).isZero();
    }
}
