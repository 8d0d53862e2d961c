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

import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** CSV and JSON Lines, restored at every record and cut at every byte. */
@Timeout(60)
class OwnFormatsTest {

    private static final String TABLE =
            "\uFEFFid,name\n1,\"a\"\"b\nc\"\n\n2,\u00e4\ud83d\ude00\n#comment\n3,\"x,y\"\n\n\n4,\"\"";

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void csvIsRestoredAnywhere(String lineBreak) {
        FramingHarness harness =
                FramingHarness.of(CsvFraming.builder().setCommentPrefix("#").build());

        for (Charset charset : CHARSETS) {
            byte[] file = TABLE.replace("\n", lineBreak).getBytes(charset);
            assertThat(harness.verifyRestores(file)).hasSize(4);
            harness.withMaxRecordSize(11).verifyRestores(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void csvIsCutAtLines(String lineBreak) {
        FramingHarness harness =
                FramingHarness.of(
                        CsvFraming.builder()
                                .setCommentPrefix("#")
                                .setSplitting(RecordFileSplitting.LINE)
                                .build());
        byte[] file =
                TABLE.replace("b\nc", "b c")
                        .replace("\n", lineBreak)
                        .getBytes(StandardCharsets.UTF_8);

        harness.verifyEveryCut(file);
        harness.verifyEveryTwoCuts(file);
        harness.withMaxRecordSize(11).verifyEveryTwoCuts(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void csvIsCutBetweenRecords(String lineBreak) {
        FramingHarness harness = FramingHarness.of(CsvFraming.builder().build());
        byte[] file =
                TABLE.replace("#comment\n", "")
                        .replace("\n", lineBreak)
                        .getBytes(StandardCharsets.UTF_8);
        List<SeenRecord> records = harness.read(file);

        for (int i = 1; i < records.size(); i++) {
            long cut = records.get(i).offset();
            for (int chunk : new int[] {1, 3, 100}) {
                assertThat(harness.readExact(file, 0, cut, chunk))
                        .extracting(SeenRecord::text)
                        .isEqualTo(texts(records.subList(0, i)));
                assertThat(harness.readExact(file, cut, file.length, chunk))
                        .extracting(SeenRecord::text)
                        .isEqualTo(texts(records.subList(i, records.size())));
            }
        }
    }

    private static List<String> texts(List<SeenRecord> records) {
        return records.stream().map(SeenRecord::text).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void jsonLinesAreRestoredAndCutAnywhere(String lineBreak) {
        FramingHarness harness = FramingHarness.of(JsonLinesFraming.create());
        String text =
                "\uFEFF{\"a\":1}\n\n  {\"b\":\"\u00e4\\n\ud83d\ude00\"}  \n \n{\"c\":[\n{\"d\":{}}\n";

        for (Charset charset : CHARSETS) {
            byte[] file = text.replace("\n", lineBreak).getBytes(charset);
            assertThat(harness.verifyRestores(file)).hasSize(4);
            harness.withMaxRecordSize(9).verifyRestores(file);
            harness.verifyEveryCut(file);
        }
        byte[] file = text.replace("\n", lineBreak).getBytes(StandardCharsets.UTF_8);
        harness.verifyEveryTwoCuts(file);
        harness.withMaxRecordSize(9).verifyEveryTwoCuts(file);
    }
}
