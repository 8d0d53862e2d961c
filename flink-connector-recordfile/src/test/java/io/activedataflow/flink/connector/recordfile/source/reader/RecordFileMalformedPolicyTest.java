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
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.util.InstantiationUtil;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class RecordFileMalformedPolicyTest {

    @TempDir Path directory;

    private final Counter errors = new SimpleCounter();

    private void onRecord(String name, byte[] content, FileRecords.Consumer consumer)
            throws IOException {
        RecordFileFormat<String> format =
                RecordFileFormat.of(LinesFraming.create(), RecordFileDeserializationSchema.text())
                        .withCharset(StandardCharsets.ISO_8859_1);
        try (FileRecords<?> records =
                FileRecords.open(format, FileRecords.write(directory, name, content))) {
            records.forEach(consumer);
        }
    }

    private String handle(RecordFileMalformedPolicy<String> policy) throws Exception {
        MalformedRecordHandler<String> handler =
                InstantiationUtil.clone(policy).createHandler(errors, System::nanoTime);
        List<String> results = new ArrayList<>();
        onRecord(
                "file",
                new byte[] {'a', '\n'},
                record -> results.add(handler.handle(record, new IOException("bad"))));
        return results.get(0);
    }

    @Test
    void survivesSerialization() throws Exception {
        assertThatThrownBy(() -> handle(RecordFileMalformedPolicy.fail()))
                .hasMessageContaining("line 1");
        assertThatThrownBy(() -> handle(RecordFileMalformedPolicy.nullField()))
                .hasMessageContaining("line 1");
        assertThat(handle(RecordFileMalformedPolicy.skip())).isNull();
        assertThat(handle(RecordFileMalformedPolicy.emit(letter -> "letter"))).isEqualTo("letter");
    }

    @Test
    void handsTheBytesOfTheFileOver() throws Exception {
        onRecord(
                "latin1",
                new byte[] {'a', (byte) 0xE4, '\r', '\n'},
                record -> {
                    RecordFileMalformedRecord letter =
                            RecordFileMalformedRecord.copyOf(record, new IOException("bad"));
                    assertThat(letter.raw()).containsExactly('a', 0xE4);
                    assertThat(letter.length()).isEqualTo(4);
                    assertThat(letter.rawAsString()).isEqualTo("a\uFFFD");
                    assertThat(letter.toString()).doesNotContain("\uFFFD").contains("2 bytes");
                });
    }

    @Test
    void tellsTheClassOfTheError() throws Exception {
        onRecord(
                "file",
                new byte[] {'a', '\n'},
                record -> {
                    assertThat(
                                    RecordFileMalformedRecord.copyOf(
                                                    record, new CharacterCodingException())
                                            .error())
                            .isEqualTo(RecordFileError.ENCODING);
                    RecordFileMalformedRecord cast =
                            RecordFileMalformedRecord.copyOf(
                                    record,
                                    new MalformedRecordException(
                                            RecordFileError.CAST, "price", "No number.", null));
                    assertThat(cast.error()).isEqualTo(RecordFileError.CAST);
                    assertThat(cast.column()).isEqualTo("price");
                });
    }

    @Test
    void warnsAtMostOnceAMinuteWithTheNumberSkipped() throws Exception {
        AtomicLong clock = new AtomicLong();
        List<String> log = new ArrayList<>();
        SkippingRecordHandler<String> handler =
                new SkippingRecordHandler<>(errors, clock::get, log::add);

        onRecord(
                "file",
                new byte[] {'a', '\n', 'b', '\n', 'c', '\n'},
                record -> {
                    handler.handle(record, new IOException("bad"));
                    clock.addAndGet(Duration.ofSeconds(31).toNanos());
                });

        assertThat(log).hasSize(2);
        assertThat(log.get(0)).contains("warning: 1.").contains("line 1");
        assertThat(log.get(1)).contains("warning: 2.").contains("line 3");
        assertThat(errors.getCount()).isEqualTo(3);
    }

    @Test
    void isReadable() {
        assertThat(RecordFileMalformedPolicy.fail()).hasToString("fail");
        assertThat(RecordFileMalformedPolicy.skip()).hasToString("skip");
        assertThat(RecordFileMalformedPolicy.emit(letter -> letter)).hasToString("emit");
        assertThat(RecordFileMalformedPolicy.nullField(RecordFileMalformedPolicy.skip()))
                .hasToString("null field, else skip");
    }

    @Test
    void refusesNoFunction() {
        assertThatThrownBy(() -> RecordFileMalformedPolicy.emit(null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> RecordFileMalformedPolicy.nullField(null))
                .isInstanceOf(NullPointerException.class);
    }

    @Test
    void refusesImpossibleLimits() {
        assertThatThrownBy(() -> RecordFileErrorLimit.ofCount(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordFileErrorLimit.ofShare(1.1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordFileErrorLimit.ofShare(Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void limitsAreReadable() {
        assertThat(RecordFileErrorLimit.none()).hasToString("none");
        assertThat(RecordFileErrorLimit.ofCount(3).orShare(0.1, 100))
                .hasToString("3 records or a share of 0.1");
    }
}
