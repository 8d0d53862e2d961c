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
import io.activedataflow.flink.connector.recordfile.format.LineFramer;
import io.activedataflow.flink.connector.recordfile.format.RecordFileFraming;
import io.activedataflow.flink.connector.recordfile.format.RecordFileSplitting;
import io.activedataflow.flink.connector.recordfile.format.RecordFramer;

import org.apache.flink.annotation.PublicEvolving;

import javax.annotation.Nullable;

import java.util.List;

/**
 * JSON Lines: each line is one JSON object, whose members are the columns of the record. Lines end
 * with LF or CRLF. Blank lines are skipped.
 *
 * <p>A large file can be read by several readers. A malformed line, or one that is longer than the
 * maximum record size, costs that line.
 */
@PublicEvolving
public final class JsonLinesFraming implements RecordFileFraming {

    private static final long serialVersionUID = 1L;

    private JsonLinesFraming() {}

    /** JSON Lines; there is nothing to choose. */
    public static JsonLinesFraming create() {
        return new JsonLinesFraming();
    }

    @Override
    public RecordFramer createFramer() {
        return new LineFramer(true);
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public RecordFileSplitting splitting() {
        return RecordFileSplitting.LINE;
    }

    @Override
    public ColumnReader createColumnReader(@Nullable List<String> columns) {
        return new JsonColumnReader(columns);
    }

    @Override
    public String toString() {
        return "JSON Lines";
    }
}
