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

package io.activedataflow.flink.connector.recordfile.source.reader;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;
import io.activedataflow.flink.connector.recordfile.source.reader.RecordingOutput.Emitted;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileTimestamps;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.Collector;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileRecordEmitterTest {

    @TempDir Path directory;

    private final Counter errors = new SimpleCounter();
    private final Counter fieldsNulled = new SimpleCounter();
    private final RecordingOutput<String> output = new RecordingOutput<>();
    private RecordFileErrorLimit limit = RecordFileErrorLimit.none();
    private RecordFileTimestamps timestamps = RecordFileTimestamps.none();
    private RecordFileSplitState state;
    private FieldErrors fieldErrors;

    /** Emits each word; "!" fails, "null" is a null element, "?" does not fit its column. */
    private final class EachWord implements RecordFileDeserializationSchema<String> {

        private static final long serialVersionUID = 1L;

        @Override
        public void deserialize(RecordFileRecord record, Collector<String> out) throws IOException {
            String line = new String(record.bytes(), StandardCharsets.UTF_8);
            for (String word : line.split(" ")) {
                if (word.equals("!")) {
                    throw new IOException("bad word");
                }
                if (word.equals("?")) {
                    fieldErrors.fieldFailed(
                            new MalformedRecordException(
                                    RecordFileError.CAST, "word", "It does not fit.", null));
                    out.collect("nothing");
                } else if (!word.isEmpty()) {
                    out.collect(word.equals("null") ? null : word);
                }
            }
        }

        @Override
        public TypeInformation<String> getProducedType() {
            return Types.STRING;
        }
    }

    private void emit(RecordFileMalformedPolicy<String> policy, String content) throws IOException {
        emit(policy, content, output);
    }

    private void emit(
            RecordFileMalformedPolicy<String> policy, String content, SourceOutput<String> out)
            throws IOException {
        emit(policy, FileRecords.write(directory, "words.txt", content), out);
    }

    private void emit(
            RecordFileMalformedPolicy<String> policy,
            RecordFileSplit split,
            SourceOutput<String> out)
            throws IOException {
        fieldErrors = new FieldErrors(policy.nullsFields());
        RecordFileDeserializationSchema<String> schema = new EachWord();
        RecordDecoder<String> decoder = new RecordDecoder<>(schema, timestamps, fieldErrors);
        RecordFileRecordEmitter<String> emitter =
                new RecordFileRecordEmitter<>(
                        decoder,
                        policy.createHandler(errors, System::nanoTime),
                        limit,
                        fieldsNulled,
                        errors);
        RecordFileFormat<String> format =
                RecordFileFormat.of(LinesFraming.create(), schema)
                        .withMaxRecordSize(new MemorySize(40_000));
        try (FileRecords<String> records =
                FileRecords.open(format, split, decodesAhead() ? decoder : null)) {
            state = new RecordFileSplitState(records.split());
            records.forEachFetched(record -> emitter.emitRecord(record, out, state));
        }
    }

    /** Whether a batch is decoded before its first record is emitted. */
    boolean decodesAhead() {
        return false;
    }

    private RecordFilePosition position() {
        return state.toSplit().position();
    }

    // ------------------------------------------------------------------------ positions

    @Test
    void advancesOncePerRecordHoweverManyElementsItYields() throws IOException {
        List<String> positions = new ArrayList<>();
        RecordFileSplit split = FileRecords.write(directory, "words.txt", "a\n\nb c d\ne\n");
        fieldErrors = new FieldErrors(false);
        RecordDecoder<String> decoder =
                new RecordDecoder<>(new EachWord(), timestamps, fieldErrors);
        RecordFileRecordEmitter<String> emitter =
                new RecordFileRecordEmitter<>(
                        decoder, MalformedRecordHandler.failing(), limit, fieldsNulled, errors);
        try (FileRecords<String> records =
                FileRecords.open(
                        RecordFileFormat.of(LinesFraming.create(), new EachWord()),
                        split,
                        decodesAhead() ? decoder : null)) {
            state = new RecordFileSplitState(records.split());
            records.forEachFetched(
                    record -> {
                        emitter.emitRecord(record, output, state);
                        positions.add(
                                position().offset()
                                        + " #"
                                        + position().recordNumber()
                                        + " line "
                                        + position().line());
                    });
        }

        assertThat(output.elements()).containsExactly("a", "b", "c", "d", "e");
        assertThat(positions)
                .containsExactly("2 #1 line 1", "3 #2 line 2", "9 #3 line 3", "11 #4 line 4");
    }

    @Test
    void emitsMoreElementsThanItKeepsRoomFor() throws IOException {
        String many =
                IntStream.range(0, 5000).mapToObj(i -> "v" + i).collect(Collectors.joining(" "));

        emit(RecordFileMalformedPolicy.fail(), many + "\nx\n");

        assertThat(output.elements()).hasSize(5001).endsWith("v4999", "x");
    }

    // ------------------------------------------------------------------------ timestamps

    @Test
    void elementsHaveNoTimestampByDefault() throws IOException {
        emit(RecordFileMalformedPolicy.fail(), "a\n");

        assertThat(output.emitted)
                .containsExactly(new Emitted<>("a", TimestampAssigner.NO_TIMESTAMP));
    }

    @Test
    void elementsHaveTheTimeOfTheirFileIfWanted() throws IOException {
        timestamps = RecordFileTimestamps.fileTime();

        emit(RecordFileMalformedPolicy.emit(letter -> "letter"), "a b\n!\n");

        long time = state.toSplit().identity().modificationTime();
        assertThat(output.emitted)
                .containsExactly(
                        new Emitted<>("a", time),
                        new Emitted<>("b", time),
                        new Emitted<>("letter", time));
    }

    // ------------------------------------------------------------------------ malformed records

    @Test
    void failsBeforeTheRecordAndWithoutItsFirstElements() {
        assertThatThrownBy(() -> emit(RecordFileMalformedPolicy.fail(), "a\nb !\nc\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("offset 2, line 2, record 2 of file")
                .hasMessageContaining("words.txt")
                .hasMessageContaining("bad word.")
                .hasMessageContaining("onMalformed");
        assertThat(output.elements()).containsExactly("a");
        assertThat(position().offset()).isEqualTo(2);
        assertThat(errors.getCount()).isZero();
    }

    @Test
    void skipsAndCounts() throws IOException {
        emit(RecordFileMalformedPolicy.skip(), "a\nb !\nnull\nc\n");

        assertThat(output.elements()).containsExactly("a", "c");
        assertThat(position().offset()).isEqualTo(13);
        assertThat(errors.getCount()).isEqualTo(2);
        assertThat(state.toSplit().malformed()).isEqualTo(2);
    }

    @Test
    void emitsAnElementInPlaceOfTheRecord() throws IOException {
        List<RecordFileMalformedRecord> letters = new ArrayList<>();

        emit(
                RecordFileMalformedPolicy.emit(
                        letter -> {
                            letters.add(letter);
                            return "letter";
                        }),
                "a\nb !\nc\n");

        assertThat(output.elements()).containsExactly("a", "letter", "c");
        RecordFileMalformedRecord letter = letters.get(0);
        assertThat(letter.path()).endsWith("words.txt");
        assertThat(letter.offset()).isEqualTo(2);
        assertThat(letter.length()).isEqualTo(4);
        assertThat(letter.line()).isEqualTo(2);
        assertThat(letter.recordNumber()).isEqualTo(2);
        assertThat(letter.column()).isNull();
        assertThat(letter.error()).isEqualTo(RecordFileError.DESERIALIZATION);
        assertThat(letter.rawAsString()).isEqualTo("b !");
        assertThat(letter.cause()).hasMessage("bad word");
    }

    @Test
    void emitsNothingWhereTheFunctionReturnsNull() throws IOException {
        emit(RecordFileMalformedPolicy.emit(letter -> null), "!\nc\n");

        assertThat(output.elements()).containsExactly("c");
        assertThat(errors.getCount()).isEqualTo(1);
    }

    @Test
    void recordsThatTheFramingRefusesAreMalformedToo() throws IOException {
        emit(
                RecordFileMalformedPolicy.emit(
                        letter -> letter.error() + " " + letter.offset() + " " + letter.length()),
                "a\n" + "x".repeat(50_000) + "\nc\n");

        assertThat(output.elements()).containsExactly("a", "TOO_LARGE 2 50001", "c");
    }

    @Test
    void failureFurtherDownTheChainIsNotTakenForAMalformedRecord() {
        RuntimeException failure = new IllegalStateException("downstream");

        assertThatThrownBy(
                        () ->
                                emit(
                                        RecordFileMalformedPolicy.skip(),
                                        "a\nb\n",
                                        new SourceOutputThatFails<>(output, "b", failure)))
                .isSameAs(failure);
        assertThat(position().offset()).as("stays before the record").isEqualTo(2);
        assertThat(errors.getCount()).isZero();
    }

    // ------------------------------------------------------------------------ fields

    @Test
    void valueThatDoesNotFitMakesTheRecordMalformed() {
        assertThatThrownBy(() -> emit(RecordFileMalformedPolicy.fail(), "a ?\n"))
                .hasMessageContaining("It does not fit.");
    }

    @Test
    void valuesThatDoNotFitBecomeNullAndAreCounted() throws IOException {
        emit(RecordFileMalformedPolicy.nullField(), "a ? ?\nb\n");

        assertThat(output.elements()).containsExactly("a", "nothing", "nothing", "b");
        assertThat(fieldsNulled.getCount()).isEqualTo(2);
        assertThat(errors.getCount()).as("one record").isEqualTo(1);
        assertThat(state.toSplit().malformed()).isEqualTo(1);
    }

    @Test
    void otherErrorsFailWhereFieldsBecomeNull() {
        assertThatThrownBy(() -> emit(RecordFileMalformedPolicy.nullField(), "? !\n"))
                .hasMessageContaining("bad word");
        assertThat(fieldsNulled.getCount()).as("not emitted").isZero();
    }

    @Test
    void otherErrorsFollowASecondPolicy() throws IOException {
        emit(
                RecordFileMalformedPolicy.nullField(
                        RecordFileMalformedPolicy.emit(letter -> "letter")),
                "a ?\n? !\n");

        assertThat(output.elements()).containsExactly("a", "nothing", "letter");
        assertThat(errors.getCount()).isEqualTo(2);
    }

    // ------------------------------------------------------------------------ limits

    @Test
    void tooManyMalformedRecordsFailTheJob() {
        limit = RecordFileErrorLimit.ofCount(2);

        assertThatThrownBy(() -> emit(RecordFileMalformedPolicy.skip(), "!\na\n!\n!\nb\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3 records of file")
                .hasMessageContaining("limit of 2 records")
                .hasMessageContaining("line 4");
        assertThat(output.elements()).containsExactly("a");
    }

    @Test
    void countIsThatOfTheSplitAcrossRestores() throws IOException {
        limit = RecordFileErrorLimit.ofCount(2);
        RecordFileSplit split = FileRecords.write(directory, "words.txt", "!\n!\n!\n");
        RecordFilePosition afterTwo = RecordFilePosition.at(4, 2, 2);

        assertThatThrownBy(
                        () ->
                                emit(
                                        RecordFileMalformedPolicy.skip(),
                                        split.at(afterTwo, split.identity(), 2),
                                        output))
                .hasMessageContaining("3 records of file");
    }

    @Test
    void tooLargeAShareFailsTheJobOnceEnoughWasRead() throws IOException {
        limit = RecordFileErrorLimit.ofShare(0.5, 4);
        emit(RecordFileMalformedPolicy.skip(), "!\n!\n!\n");
        emit(RecordFileMalformedPolicy.skip(), "a\na\n!\n!\n");

        assertThatThrownBy(() -> emit(RecordFileMalformedPolicy.skip(), "!\n!\na\n!\na\n"))
                .hasMessageContaining("3 of 4 records")
                .hasMessageContaining("a share of 0.5");
    }

    @Test
    void recordsWithNulledFieldsCountTowardsTheLimit() {
        limit = RecordFileErrorLimit.ofCount(1);

        assertThatThrownBy(() -> emit(RecordFileMalformedPolicy.nullField(), "?\n?\n"))
                .hasMessageContaining("of which fields were taken as null");
    }
}
