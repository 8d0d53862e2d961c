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

package io.activedataflow.flink.connector.recordfile.format.json;

import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;

import javax.annotation.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads records into maps, with one reader for all of them. */
final class JsonColumns {

    /** A value as the reader tells it. */
    record Value(ColumnReader.Kind kind, String text) {}

    private final ColumnReader reader;

    JsonColumns(@Nullable List<String> wanted) {
        reader = JsonLinesFraming.create().createColumnReader(wanted);
    }

    Map<String, Value> read(String json) throws MalformedRecordException {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    Map<String, Value> read(byte[] json) throws MalformedRecordException {
        reader.read(JsonRecord.of(json));
        Map<String, Value> columns = new LinkedHashMap<>();
        for (int column = 0; column < reader.count(); column++) {
            columns.put(reader.name(column), value(column));
        }
        return columns;
    }

    private Value value(int column) {
        ColumnReader.Kind kind = reader.kind(column);
        return new Value(
                kind,
                kind == ColumnReader.Kind.MISSING
                        ? ""
                        : new String(
                                reader.buffer(column),
                                reader.from(column),
                                reader.to(column) - reader.from(column),
                                StandardCharsets.UTF_8));
    }
}
