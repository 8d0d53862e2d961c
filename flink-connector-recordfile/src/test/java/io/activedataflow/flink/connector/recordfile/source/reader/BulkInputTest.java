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

import io.activedataflow.flink.connector.recordfile.RecordFileIdentity;
import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.client.FileChangedException;
import io.activedataflow.flink.connector.recordfile.client.FileRetrySettings;
import io.activedataflow.flink.connector.recordfile.client.FlinkFileAccess;
import io.activedataflow.flink.connector.recordfile.client.ReadControl;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.AvroFileFormat;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.AvroFiles;
import io.activedataflow.flink.connector.recordfile.source.reader.plugin.StreamFormats;
import io.activedataflow.flink.connector.recordfile.source.split.PositionOverrides;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitSerializer;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplitState;
import io.activedataflow.flink.connector.recordfile.testing.FileFaults;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Formats of others, restored after each element, twice. */
@Timeout(60)
class BulkInputTest {

    private static final int LINES = 12;

    @TempDir Path directory;

    /** One that counts elements from the beginning only, and one that knows offsets. */
    static Stream<BulkFormat<String, FileSourceSplit>> formats() {
        return Stream.of(
                StreamFormats.toBulkFormat(new TextLineInputFormat()),
                RecordFileFormat.of(LinesFraming.create(), RecordFileDeserializationSchema.text()));
    }

    private RecordFileSplit write() throws IOException {
        return FileRecords.write(
                directory,
                "lines.txt",
                String.join("\n", IntStream.range(0, LINES).mapToObj(i -> "line " + i).toList())
                        + '\n');
    }

    private static SplitInput<RecordAndPosition<String>> open(
            BulkFormat<String, FileSourceSplit> format, RecordFileSplit split) throws IOException {
        return BulkInput.opener(
                        format,
                        new Configuration(),
                        new FlinkFileAccess(FileRetrySettings.DEFAULT),
                        ReadControl.silent(),
                        new SplitOutcome.Board())
                .open(split);
    }

    /** Emits so many elements and returns the state after them, as it comes back from a restore. */
    private static RecordFileSplit emit(
            BulkFormat<String, FileSourceSplit> format,
            RecordFileSplit split,
            int count,
            List<String> emitted)
            throws IOException {
        RecordingOutput<String> output = new RecordingOutput<>();
        BulkRecordEmitter<String> emitter = new BulkRecordEmitter<>(false);
        try (SplitInput<RecordAndPosition<String>> input = open(format, split)) {
            RecordFileSplitState state = new RecordFileSplitState(input.split());
            SplitBatch<RecordAndPosition<String>> batch = null;
            while (output.emitted.size() < count) {
                batch = batch == null ? input.read() : batch;
                if (batch == null) {
                    break;
                }
                RecordAndPosition<String> element = batch.next();
                if (element == null) {
                    batch.release();
                    batch = null;
                } else {
                    emitter.emitRecord(element, output, state);
                }
            }
            emitted.addAll(output.elements());
            RecordFileSplitSerializer serializer = RecordFileSplitSerializer.INSTANCE;
            return serializer.deserialize(
                    serializer.getVersion(), serializer.serialize(state.toSplit()));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void goesOnExactlyAlsoAfterASecondRestore(BulkFormat<String, FileSourceSplit> format)
            throws IOException {
        RecordFileSplit split = write();
        List<String> all = new ArrayList<>();
        emit(format, split, Integer.MAX_VALUE, all);
        assertThat(all).hasSize(LINES);
        for (int first = 0; first <= LINES; first++) {
            for (int second = 0; second <= LINES - first; second++) {
                List<String> emitted = new ArrayList<>();
                RecordFileSplit restored = emit(format, split, first, emitted);
                RecordFileSplit again = emit(format, restored, second, emitted);
                emit(format, again, Integer.MAX_VALUE, emitted);
                assertThat(emitted).as("%s and %s", first, second).isEqualTo(all);
                assertThat(again.position().recordNumber()).isEqualTo(first + second);
            }
        }
    }

    @Test
    void fileThatHasBecomeLongerIsNotReadAsTheOneThatWasFound() throws IOException {
        RecordFileSplit split = write();
        Files.writeString(directory.resolve("lines.txt"), "more", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> open(formats().findFirst().orElseThrow(), split))
                .isInstanceOf(FileChangedException.class)
                .hasMessageContaining("was grown");
    }

    @Test
    void elementsHaveTheTimeOfTheirFileIfWanted() throws IOException {
        RecordFileSplit split = write();
        RecordingOutput<String> output = new RecordingOutput<>();
        try (SplitInput<RecordAndPosition<String>> input =
                open(formats().findFirst().orElseThrow(), split)) {
            new BulkRecordEmitter<String>(true)
                    .emitRecord(
                            input.read().next(), output, new RecordFileSplitState(input.split()));
        }
        assertThat(output.emitted)
                .containsExactly(
                        new RecordingOutput.Emitted<>(
                                "line 0", split.identity().modificationTime()));
    }

    /** Positions that such a format has had before mean the same when they are given by hand. */
    @ParameterizedTest
    @MethodSource("formats")
    void goesOnAtAPositionGivenByHand(BulkFormat<String, FileSourceSplit> format)
            throws IOException {
        RecordFileSplit split = write();
        RecordFilePosition given = emit(format, split, 7, new ArrayList<>()).position();
        for (int read : new int[] {0, 3, 10}) {
            RecordFileSplit restored = emit(format, split, read, new ArrayList<>());
            List<String> emitted = new ArrayList<>();
            emit(format, placed(restored, given), Integer.MAX_VALUE, emitted);
            assertThat(emitted).hasSize(LINES - 7).startsWith("line 7");
            emitted.clear();
            RecordFilePosition start = RecordFilePosition.START;
            emit(format, placed(restored, start), Integer.MAX_VALUE, emitted);
            assertThat(emitted).hasSize(LINES).startsWith("line 0");
        }
    }

    @Test
    void aRangeBeforeAPositionGivenByHandIsNotEvenOpened() throws IOException {
        RecordFileSplit whole = write();
        RecordFileSplit range =
                new RecordFileSplit(
                        "range",
                        whole.path(),
                        0,
                        20,
                        RecordFileSplit.Kind.READ_CUT,
                        whole.identity(),
                        RecordFilePosition.START,
                        0,
                        "");
        List<String> emitted = new ArrayList<>();
        emit(
                formats().findFirst().orElseThrow(),
                placed(range, RecordFilePosition.atOffset(21)),
                Integer.MAX_VALUE,
                emitted);

        assertThat(emitted).isEmpty();
    }

    private static RecordFileSplit placed(RecordFileSplit split, RecordFilePosition position) {
        return new PositionOverrides(Map.of(split.path().toString(), position)).apply(split);
    }

    /** All has been emitted by then, but a job that fails goes back to the last checkpoint. */
    @ParameterizedTest
    @MethodSource("formats")
    void fileThatIsReplacedWhileItIsReadIsNoticedAtTheEnd(
            BulkFormat<String, FileSourceSplit> format) throws IOException {
        RecordFileSplit split = write();
        try (SplitInput<RecordAndPosition<String>> input = open(format, split)) {
            SplitBatch<RecordAndPosition<String>> batch = input.read();
            while (batch.next() != null) {
                assertThat(batch).isNotNull();
            }
            batch.release();
            Path file = directory.resolve("lines.txt");
            Files.writeString(file, Files.readString(file).replace('0', 'x'));

            assertThatThrownBy(input::read)
                    .isInstanceOf(FileChangedException.class)
                    .hasMessageContaining("was replaced");
        }
    }

    /** Avro wraps what its input throws. */
    @Test
    void fileThatIsReplacedBetweenTwoAttemptsIsToldAsOneThatHasChanged() throws IOException {
        try (FileFaults faults = FileFaults.create()) {
            File file =
                    AvroFiles.write(directory.resolve("x.avro").toFile(), "null", 2000, 2000, 2000);
            RecordFileIdentity identity = RecordFileIdentity.ofListed(file.length(), 0);
            RecordFileSplit split =
                    TestSplits.of(
                            "x",
                            faults.path(file.toPath()),
                            0,
                            file.length(),
                            RecordFileSplit.Kind.READ,
                            file.length());
            RecordFileSplit anyTime =
                    split.at(
                            split.position(),
                            identity.withModificationTime(RecordFileIdentity.UNKNOWN_TIME),
                            0);
            try (SplitInput<RecordAndPosition<GenericRecord>> input =
                    BulkInput.opener(
                                    AvroFileFormat.forGenericRecord(AvroFiles.SCHEMA),
                                    new Configuration(),
                                    new FlinkFileAccess(FileRetrySettings.DEFAULT),
                                    ReadControl.silent(),
                                    new SplitOutcome.Board())
                            .open(anyTime)) {
                input.read().release();
                AvroFiles.write(file, "null", 2000, 2000, 2000, 1);
                faults.failEvery(0, 1);

                assertThatThrownBy(
                                () -> {
                                    while (true) {
                                        input.read().release();
                                    }
                                })
                        .isInstanceOf(FileChangedException.class)
                        .hasMessageContaining("x.avro was replaced");
            }
        }
    }
}
