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

package io.activedataflow.flink.connector.e2e.benchmarks.files;

import io.activedataflow.flink.connector.e2e.benchmarks.files.TradeFiles.Layout;

import java.util.Arrays;
import java.util.Locale;

/** Who takes part in {@link FileBenchmark}. */
enum FileRole {
    SCAN(Layout.CSV, 1, true, "counts the line breaks, no job"),
    TEXT(Layout.CSV, 1, true, "text lines"),
    FLINK_TEXT(Layout.CSV, 1, true, "TextLineInputFormat"),
    POJO(Layout.CSV, 1, false, "CSV to POJO"),
    FLINK_POJO(Layout.CSV, 1, false, "CsvReaderFormat to POJO"),
    POJO_REUSE(Layout.CSV, 1, true, "CSV to POJO, objects re-used"),
    FLINK_POJO_REUSE(Layout.CSV, 1, true, "CsvReaderFormat to POJO, objects re-used"),
    ROW(Layout.CSV, 1, false, "CSV to RowData"),
    SQL_ROW(Layout.CSV, 1, false, "format of SQL csv"),
    ROW_REUSE(Layout.CSV, 1, true, "CSV to RowData, objects re-used"),
    SQL_ROW_REUSE(Layout.CSV, 1, true, "format of SQL csv, objects re-used"),
    ROW_TIME(Layout.CSV, 1, false, "CSV to RowData with a timestamp"),
    SQL_ROW_TIME(Layout.CSV, 1, false, "format of SQL csv with a timestamp"),
    JSON(Layout.JSON, 1, false, "JSON Lines to RowData"),
    SQL_JSON(Layout.JSON, 1, false, "format of SQL json"),
    BIG(Layout.CSV_LINE_BREAKS, 1, true, "one file with line breaks in quotes, parallelism 1"),
    BIG_TWO(Layout.CSV_LINE_BREAKS, 2, true, "the same, parallelism 2"),
    FLINK_BIG_TWO(Layout.CSV_LINE_BREAKS, 2, true, "CsvReaderFormat, parallelism 2");

    private final Layout layout;
    private final int parallelism;
    private final boolean objectReuse;
    private final String description;

    FileRole(Layout layout, int parallelism, boolean objectReuse, String description) {
        this.layout = layout;
        this.parallelism = parallelism;
        this.objectReuse = objectReuse;
        this.description = description;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Layout layout() {
        return layout;
    }

    int parallelism() {
        return parallelism;
    }

    boolean objectReuse() {
        return objectReuse;
    }

    String description() {
        return description;
    }

    static FileRole named(String id) {
        return Arrays.stream(values())
                .filter(role -> role.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no role " + id + '.'));
    }
}
