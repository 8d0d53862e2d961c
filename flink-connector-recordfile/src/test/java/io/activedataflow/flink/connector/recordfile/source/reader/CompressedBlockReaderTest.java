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

import io.activedataflow.flink.connector.recordfile.RecordFilePosition;
import io.activedataflow.flink.connector.recordfile.format.LinesFraming;
import io.activedataflow.flink.connector.recordfile.source.split.RecordFileSplit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Positions inside of compressed files. */
@Timeout(60)
class CompressedBlockReaderTest {

    private static final String TEXT = "\uFEFFone\ntwo\n\nthr\u20ace\n\ud83d\ude00 five\nlast";
    private static final FramingHarness LINES = FramingHarness.of(LinesFraming.create());

    /** Members of a few bytes each, which end wherever they end. */
    private static byte[] gzip(String text, Charset charset, int memberBytes) throws IOException {
        byte[] content = text.getBytes(charset);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int at = 0; at < content.length; at += memberBytes) {
            try (GZIPOutputStream member = new GZIPOutputStream(file)) {
                member.write(content, at, Math.min(memberBytes, content.length - at));
            }
        }
        return file.toByteArray();
    }

    private static List<SeenRecord> withoutMembers(List<SeenRecord> records) {
        return records.stream().map(SeenRecord::wherever).toList();
    }

    @Test
    void restoresAtEveryRecordOfEveryMember() throws IOException {
        List<SeenRecord> expected =
                withoutMembers(LINES.read(TEXT.getBytes(StandardCharsets.UTF_8)));

        for (int memberBytes : new int[] {1, 2, 5, 12, 1000}) {
            List<SeenRecord> records =
                    LINES.verifyRestores(gzip(TEXT, StandardCharsets.UTF_8, memberBytes));
            assertThat(withoutMembers(records))
                    .as("members of %d bytes", memberBytes)
                    .isEqualTo(expected);
        }
    }

    @Test
    void restoresUtf16ThatIsCutByMembers() throws IOException {
        List<SeenRecord> expected =
                withoutMembers(LINES.read(TEXT.getBytes(StandardCharsets.UTF_16LE)));

        for (int memberBytes : new int[] {1, 3, 7, 1000}) {
            assertThat(
                            withoutMembers(
                                    LINES.verifyRestores(
                                            gzip(TEXT, StandardCharsets.UTF_16LE, memberBytes))))
                    .as("members of %d bytes", memberBytes)
                    .isEqualTo(expected);
        }
    }

    @Test
    void tellsTheMemberToReturnTo() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            lines.add("line " + i);
        }
        byte[] file = gzip(String.join("\n", lines), StandardCharsets.UTF_8, 500);

        List<SeenRecord> records = LINES.read(file);

        assertThat(records).extracting(SeenRecord::text).isEqualTo(lines);
        assertThat(records)
                .extracting(SeenRecord::next)
                .allSatisfy(next -> assertThat(next.offsetInMember()).isBetween(0L, 500L));
        assertThat(records.get(999).next().memberOffset()).isGreaterThan(file.length / 2);
    }

    @Test
    void readsAllWhereTheFileWasCutWithoutLookingAtIt() throws IOException {
        byte[] file = gzip(TEXT, StandardCharsets.UTF_8, 5);

        LINES.verifyEveryCut(file);
        assertThatThrownBy(() -> LINES.readExact(file, 0, 10, 64))
                .hasMessageContaining("compressed");
        assertThat(
                        LINES.read(
                                file,
                                FramingHarness.split(
                                        file,
                                        RecordFileSplit.Kind.READ_CUT,
                                        10,
                                        20,
                                        RecordFilePosition.atOffset(10)),
                                64))
                .isEmpty();
    }
}
