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

import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvFraming;
import io.activedataflow.flink.connector.recordfile.format.csv.CsvMissing;
import io.activedataflow.flink.connector.recordfile.format.json.JsonLinesFraming;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileColumn;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileRowDataSchema;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.apache.flink.core.fs.Path;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The same records from CSV and from JSON Lines, through all schemas that read columns. */
@Timeout(60)
class SchemasOfFormatsTest {

    @TempDir private java.nio.file.Path directory;

    enum Format {
        CSV(
                CsvFraming.builder()
                        .setMissingColumns(CsvMissing.NULL)
                        .setNullLiteral("NULL")
                        .build(),
                """
                id,Full Name,price,at,paid,note
                1,"Ann ""A"" Lee",1.50,2026-03-01T12:00:00Z,true,"two
                lines"
                2,世界 \uD83D\uDE00,,2026-03-01 13:00:00.5+01:00,false,NULL
                -3,,-0.01,1969-12-31T23:59:59.999Z,1,"NULL"
                """),
        CSV_IN_ANOTHER_ORDER(
                CsvFraming.builder()
                        .setDelimiter("|")
                        .setMissingColumns(CsvMissing.NULL)
                        .setNullLiteral("\\N")
                        .build(),
                """
                ignored|note|paid|at|price|Full Name|id
                x|"two
                lines"|TRUE|2026-03-01T12:00:00Z|1.50|"Ann ""A"" Lee"|+1
                |\\N|FALSE|2026-03-01 13:00:00.5+01:00||世界 \uD83D\uDE00|2
                |NULL|true|1969-12-31T23:59:59.999Z|-.01|""|-3
                """),
        JSON(
                JsonLinesFraming.create(),
                """
                {"id": 1, "Full Name": "Ann \\"A\\" Lee", "price": 1.50, "at": "2026-03-01T12:00:00Z", \
                "paid": true, "note": "two\\nlines"}
                {"note":null,"paid":false,"at":1772366400500,"Full Name":"\\u4e16\\u754c \\ud83d\\ude00","id":"2"}
                {"id":-3.0,"Full Name":"","price":-1e-2,"at":-1,"paid":"true","note":"NULL","ignored":[{}]}
                """);

        private final RecordFileFraming framing;
        private final String content;

        Format(RecordFileFraming framing, String content) {
            this.framing = framing;
            this.content = content;
        }
    }

    public record Order(
            long id,
            @RecordFileColumn("Full Name") String name,
            BigDecimal price,
            Instant at,
            boolean paid,
            String note) {}

    public static class OrderBean {
        public long id;

        @RecordFileColumn("Full Name")
        public String name;

        public BigDecimal price;
        public Instant at;
        public boolean paid;
        public String note;

        Order asRecord() {
            return new Order(id, name, price, at, paid, note);
        }
    }

    private static final List<Order> ORDERS =
            List.of(
                    new Order(
                            1,
                            "Ann \"A\" Lee",
                            new BigDecimal("1.50"),
                            Instant.parse("2026-03-01T12:00:00Z"),
                            true,
                            "two\nlines"),
                    new Order(
                            2,
                            "世界 \uD83D\uDE00",
                            null,
                            Instant.parse("2026-03-01T12:00:00.500Z"),
                            false,
                            null),
                    new Order(
                            -3,
                            "",
                            new BigDecimal("-0.01"),
                            Instant.parse("1969-12-31T23:59:59.999Z"),
                            true,
                            "NULL"));

    private <T> List<T> read(Format format, RecordFileDeserializationSchema<T> schema)
            throws IOException {
        java.nio.file.Path file = directory.resolve("orders");
        Files.writeString(file, format.content);
        long length = Files.size(file);
        long modified = Files.getLastModifiedTime(file).toMillis();
        FileSourceSplit split =
                new FileSourceSplit("1", new Path(file.toUri()), 0, length, modified, length);
        BulkFormat.Reader<T> reader =
                RecordFileFormat.of(format.framing, schema)
                        .createReader(new Configuration(), split);
        List<T> elements = new ArrayList<>();
        try (reader) {
            for (BulkFormat.RecordIterator<T> batch = reader.readBatch();
                    batch != null;
                    batch = reader.readBatch()) {
                for (RecordAndPosition<T> next = batch.next(); next != null; next = batch.next()) {
                    elements.add(next.getRecord());
                }
                batch.releaseBatch();
            }
        }
        return elements;
    }

    @ParameterizedTest
    @EnumSource
    void asRecords(Format format) throws IOException {
        assertThat(read(format, RecordFileDeserializationSchema.pojo(Order.class)))
                .isEqualTo(ORDERS);
    }

    @ParameterizedTest
    @EnumSource
    void asPojos(Format format) throws IOException {
        assertThat(read(format, RecordFileDeserializationSchema.pojo(OrderBean.class)))
                .extracting(OrderBean::asRecord)
                .isEqualTo(ORDERS);
    }

    @ParameterizedTest
    @EnumSource
    void asRows(Format format) throws IOException {
        List<Row> rows =
                read(
                        format,
                        RecordFileDeserializationSchema.row(
                                Types.ROW_NAMED(
                                        new String[] {
                                            "id", "Full Name", "price", "at", "paid", "note"
                                        },
                                        Types.LONG,
                                        Types.STRING,
                                        Types.BIG_DEC,
                                        Types.INSTANT,
                                        Types.BOOLEAN,
                                        Types.STRING)));

        assertThat(rows)
                .extracting(
                        row ->
                                new Order(
                                        (Long) row.getField(0),
                                        (String) row.getField("Full Name"),
                                        (BigDecimal) row.getField("price"),
                                        (Instant) row.getField("at"),
                                        (Boolean) row.getField(4),
                                        (String) row.getField("note")))
                .isEqualTo(ORDERS);
    }

    @ParameterizedTest
    @EnumSource
    void asRowsOfTables(Format format) throws IOException {
        List<RowData> rows =
                read(
                        format,
                        RecordFileRowDataSchema.of(
                                DataTypes.ROW(
                                        DataTypes.FIELD("note", DataTypes.STRING()),
                                        DataTypes.FIELD("id", DataTypes.BIGINT().notNull()),
                                        DataTypes.FIELD("Full Name", DataTypes.VARCHAR(20)),
                                        DataTypes.FIELD("price", DataTypes.DECIMAL(10, 2)),
                                        DataTypes.FIELD("at", DataTypes.TIMESTAMP_LTZ(3)),
                                        DataTypes.FIELD("paid", DataTypes.BOOLEAN()),
                                        DataTypes.FIELD("no such", DataTypes.INT()))));

        assertThat(rows).allMatch(row -> row.isNullAt(6));
        assertThat(rows)
                .extracting(
                        row ->
                                new Order(
                                        row.getLong(1),
                                        row.getString(2).toString(),
                                        row.isNullAt(3)
                                                ? null
                                                : row.getDecimal(3, 10, 2).toBigDecimal(),
                                        row.getTimestamp(4, 3).toInstant(),
                                        row.getBoolean(5),
                                        row.isNullAt(0) ? null : row.getString(0).toString()))
                .isEqualTo(ORDERS);
    }

    @ParameterizedTest
    @EnumSource
    void asMaps(Format format) throws IOException {
        Map<String, String> second = new HashMap<>();
        second.put("id", "2");
        second.put("Full Name", "世界 \uD83D\uDE00");
        second.put("paid", format == Format.CSV_IN_ANOTHER_ORDER ? "FALSE" : "false");
        second.put("at", "2026-03-01 13:00:00.5+01:00");
        second.put("note", null);
        if (format == Format.JSON) {
            second.put("at", "1772366400500");
        } else {
            second.put("price", "");
        }
        if (format == Format.CSV_IN_ANOTHER_ORDER) {
            second.put("ignored", "");
        }

        assertThat(read(format, RecordFileDeserializationSchema.map()))
                .hasSize(3)
                .element(1)
                .isEqualTo(second);
    }

    @ParameterizedTest
    @EnumSource
    void withMetadata(Format format) throws IOException {
        List<String> places =
                read(
                        format,
                        RecordFileDeserializationSchema.pojo(Order.class)
                                .withMetadata(
                                        (order, record) ->
                                                order.id()
                                                        + " at "
                                                        + record.offset()
                                                        + " in "
                                                        + record.path().replaceAll(".*/", ""),
                                        Types.STRING));
        String first = format.content.lines().findFirst().orElseThrow();

        assertThat(places)
                .hasSize(3)
                .element(0)
                .isEqualTo(
                        "1 at " + (format == Format.JSON ? 0 : first.length() + 1) + " in orders");
    }
}
