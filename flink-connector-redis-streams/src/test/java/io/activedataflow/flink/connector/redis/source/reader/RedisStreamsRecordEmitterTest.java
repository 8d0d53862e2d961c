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

package io.activedataflow.flink.connector.redis.source.reader;

import io.activedataflow.flink.connector.redis.StreamEntryId;
import io.activedataflow.flink.connector.redis.source.reader.RecordingOutput.Emitted;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsDeserializationSchema;
import io.activedataflow.flink.connector.redis.source.reader.deserializer.RedisStreamsEntry;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplit;
import io.activedataflow.flink.connector.redis.source.split.RedisStreamsSplitState;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RedisStreamsRecordEmitterTest {

    private final Counter errors = new SimpleCounter();
    private final RecordingOutput<String> output = new RecordingOutput<>();
    private final RedisStreamsSplitState split =
            new RedisStreamsSplitState(
                    new RedisStreamsSplit(
                            "s", -1, StreamEntryId.ZERO, 0L, false, false, null, null));

    /** Emits the value of each field; "!" fails, "null" is a null element. */
    private static class EachValue implements RedisStreamsDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(RedisStreamsEntry entry, Collector<String> out) throws IOException {
            for (int field = 0; field < entry.fieldCount(); field++) {
                String value = entry.valueAsString(field);
                if (value.equals("!")) {
                    throw new IOException("bad value");
                }
                out.collect(value.equals("null") ? null : value);
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    private RedisStreamsRecordEmitter<String> emitter(RedisStreamsMalformedPolicy<String> policy) {
        return new RedisStreamsRecordEmitter<>(new EachValue(), policy, errors);
    }

    /** Emits all entries as a reader does and returns the positions after each. */
    private List<String> emitAll(
            RedisStreamsRecordEmitter<String> emitter, TestEntries entries, long entriesRead)
            throws IOException {
        List<String> positions = new ArrayList<>();
        EntryBatch batch =
                EntryBatch.builder(entries.buffer(), buffer -> {})
                        .addSection("s", -1, 0, entries.buffer().entryCount(), entriesRead)
                        .build();
        batch.nextSplit();
        StreamEntryCursor entry;
        while ((entry = batch.nextRecordFromSplit()) != null) {
            emitter.emitRecord(entry, output, split);
            positions.add(position());
        }
        return positions;
    }

    private String position() {
        RedisStreamsSplit now = split.toSplit();
        return now.bookmark() + " #" + now.entriesRead();
    }

    @Test
    void advancesOncePerEntryHoweverManyElementsItYields() throws IOException {
        TestEntries entries =
                new TestEntries()
                        .section("s")
                        .entry(10, 0)
                        .entry(10, 1, "n", "a")
                        .entry(11, 0, "n", "b", "n", "c", "n", "d")
                        .entry(12, 0)
                        .entry(13, 0, "n", "e");

        List<String> positions = emitAll(emitter(RedisStreamsMalformedPolicy.fail()), entries, 4L);

        assertThat(positions)
                .containsExactly("10-0 #5", "10-1 #6", "11-0 #7", "12-0 #8", "13-0 #9");
        assertThat(output.emitted)
                .containsExactly(
                        new Emitted<>("a", 10),
                        new Emitted<>("b", 11),
                        new Emitted<>("c", 11),
                        new Emitted<>("d", 11),
                        new Emitted<>("e", 13));
    }

    @Test
    void advancesWithoutAnOrdinalThatIsNotKnown() throws IOException {
        TestEntries entries = new TestEntries().section("s").entry(1, 0, "n", "a");

        assertThat(emitAll(emitter(RedisStreamsMalformedPolicy.fail()), entries, -1L))
                .containsExactly("1-0 #-1");
    }

    @Test
    void emitsMoreElementsThanItKeepsRoomFor() throws IOException {
        String[] many =
                IntStream.range(0, 5000)
                        .boxed()
                        .flatMap(i -> List.of("n", "v" + i).stream())
                        .toArray(String[]::new);
        TestEntries entries =
                new TestEntries().section("s").entry(1, 0, many).entry(2, 0, "n", "x", "n", "y");

        emitAll(emitter(RedisStreamsMalformedPolicy.fail()), entries, -1L);

        assertThat(output.elements()).hasSize(5002).startsWith("v0", "v1").endsWith("x", "y");
    }

    @Test
    void saturatesTimestampsThatAreNoSignedLong() throws IOException {
        TestEntries entries =
                new TestEntries()
                        .section("s")
                        .entry(Long.MAX_VALUE, 0, "n", "a")
                        .entry(Long.MIN_VALUE, 0, "n", "b")
                        .entry(-1, -1, "n", "c");

        List<String> positions = emitAll(emitter(RedisStreamsMalformedPolicy.fail()), entries, -1L);

        assertThat(output.emitted)
                .containsExactly(
                        new Emitted<>("a", Long.MAX_VALUE),
                        new Emitted<>("b", Long.MAX_VALUE),
                        new Emitted<>("c", Long.MAX_VALUE));
        assertThat(positions).last().isEqualTo(StreamEntryId.MAX + " #-1");
    }

    @Test
    void failsAtAMalformedEntryByDefaultAndStaysBeforeIt() throws IOException {
        RedisStreamsRecordEmitter<String> emitter = emitter(RedisStreamsMalformedPolicy.fail());
        TestEntries entries =
                new TestEntries()
                        .section("s")
                        .entry(1, 0, "n", "a")
                        .entry(2, 3, "n", "b", "n", "!");

        assertThatThrownBy(() -> emitAll(emitter, entries, 0L))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Entry 2-3 of stream 's'")
                .hasMessageContaining("bad value.")
                .hasMessageContaining("onMalformed(RedisStreamsMalformedPolicy.skip())")
                .hasMessageContaining("onMalformed(RedisStreamsMalformedPolicy.emit(...))")
                .hasRootCauseMessage("bad value");
        assertThat(output.elements()).containsExactly("a");
        assertThat(position()).isEqualTo("1-0 #1");
        assertThat(errors.getCount()).isZero();
    }

    @Test
    void skipsAMalformedEntryAsAWhole() throws IOException {
        TestEntries entries =
                new TestEntries()
                        .section("s")
                        .entry(1, 0, "n", "half", "n", "!")
                        .entry(2, 0, "n", "a")
                        .entry(3, 0, "n", "!");

        List<String> positions = emitAll(emitter(RedisStreamsMalformedPolicy.skip()), entries, 0L);

        assertThat(output.elements()).containsExactly("a");
        assertThat(positions).containsExactly("1-0 #1", "2-0 #2", "3-0 #3");
        assertThat(errors.getCount()).isEqualTo(2);
    }

    @Test
    void emitsADeadLetterInPlaceOfAMalformedEntry() throws IOException {
        List<RedisStreamsMalformedEntry> letters = new ArrayList<>();
        RedisStreamsMalformedPolicy<String> policy =
                RedisStreamsMalformedPolicy.emit(
                        entry -> {
                            letters.add(entry);
                            return entry.id().sequence() == 9 ? null : "dead " + entry.id();
                        });
        TestEntries entries =
                new TestEntries()
                        .section("s")
                        .entry(1, 0, "n", "half", "n", "!", "n", "rest")
                        .entry(1, 9, "n", "!")
                        .entry(2, 0, "n", "a");

        List<String> positions = emitAll(emitter(policy), entries, 0L);
        entries.buffer().clear();

        assertThat(output.emitted)
                .containsExactly(new Emitted<>("dead 1-0", 1), new Emitted<>("a", 2));
        assertThat(positions).containsExactly("1-0 #1", "1-9 #2", "2-0 #3");
        assertThat(errors.getCount()).isEqualTo(2);
        assertThat(letters).hasSize(2);
        RedisStreamsMalformedEntry letter = letters.get(0);
        assertThat(letter.streamKey()).isEqualTo("s");
        assertThat(letter.partition()).isEqualTo(-1);
        assertThat(letter.fields())
                .extracting(field -> field.nameAsString() + '=' + field.valueAsString())
                .containsExactly("n=half", "n=!", "n=rest");
        assertThat(letter.cause()).isInstanceOf(IOException.class).hasMessage("bad value");
        assertThat(letter.toString()).doesNotContain("half");
    }

    @Test
    void failsWhenTheDeadLetterFunctionFails() {
        IllegalStateException failure = new IllegalStateException("no letter");
        RedisStreamsRecordEmitter<String> emitter =
                emitter(
                        RedisStreamsMalformedPolicy.emit(
                                entry -> {
                                    throw failure;
                                }));
        TestEntries entries = new TestEntries().section("s").entry(1, 0, "n", "!");

        assertThatThrownBy(() -> emitAll(emitter, entries, 0L)).isSameAs(failure);
        assertThat(position()).isEqualTo("0-0 #0");
    }

    @Test
    void treatsANullElementAsAnErrorOfTheDeserializer() throws IOException {
        TestEntries entries =
                new TestEntries()
                        .section("s")
                        .entry(1, 0, "n", "a", "n", "null", "n", "b")
                        .entry(2, 0, "n", "c");

        assertThatThrownBy(() -> emitAll(emitter(RedisStreamsMalformedPolicy.fail()), entries, 0L))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The deserializer has collected a null element");
        emitAll(emitter(RedisStreamsMalformedPolicy.skip()), entries, 0L);

        assertThat(output.elements()).containsExactly("c");
        assertThat(errors.getCount()).isEqualTo(1);
    }

    @Test
    void neverTakesAFailureOfTheChainForAMalformedEntry() {
        RuntimeException failure = new RuntimeException("further down");
        RecordingOutput<String> recording = output;
        SourceOutputThatFails<String> failing =
                new SourceOutputThatFails<>(recording, "b", failure);
        RedisStreamsRecordEmitter<String> emitter = emitter(RedisStreamsMalformedPolicy.skip());
        StreamEntryCursor entry =
                new TestEntries().section("s").entry(5, 0, "n", "a", "n", "b", "n", "c").first();

        assertThatThrownBy(() -> emitter.emitRecord(entry, failing, split)).isSameAs(failure);
        assertThat(position()).isEqualTo("0-0 #0");
        assertThat(output.elements()).containsExactly("a");
        assertThat(errors.getCount()).isZero();
    }

    @Test
    void letsErrorsThroughWhateverThePolicy() {
        StackOverflowError error = new StackOverflowError();
        RedisStreamsRecordEmitter<String> emitter =
                new RedisStreamsRecordEmitter<>(
                        new EachValue() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public void deserialize(
                                    RedisStreamsEntry entry, Collector<String> out) {
                                throw error;
                            }
                        },
                        RedisStreamsMalformedPolicy.skip(),
                        errors);

        assertThatThrownBy(() -> emitter.emitRecord(TestEntries.entryOf("n", "v"), output, split))
                .isSameAs(error);
        assertThat(errors.getCount()).isZero();
    }

    @Test
    void treatsUncheckedExceptionsOfTheDeserializerAsMalformed() throws IOException {
        RedisStreamsRecordEmitter<String> emitter =
                new RedisStreamsRecordEmitter<>(
                        new EachValue() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public void deserialize(
                                    RedisStreamsEntry entry, Collector<String> out) {
                                out.collect(entry.valueAsString(1));
                            }
                        },
                        RedisStreamsMalformedPolicy.skip(),
                        errors);

        emitter.emitRecord(TestEntries.entryOf("n", "v"), output, split);

        assertThat(output.emitted).isEmpty();
        assertThat(errors.getCount()).isEqualTo(1);
        assertThat(position()).isEqualTo("7-1 #-1");
    }
}
