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

package io.activedataflow.flink.connector.recordfile.source.reader.deserializer;

import io.activedataflow.flink.connector.recordfile.RecordFileError;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.ColumnReader.Kind;
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.Collector;

import javax.annotation.Nullable;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;

/** All columns of a record as a map. Of several columns of one name the last counts. */
@Internal
final class MapSchema implements RecordFileDeserializationSchema<Map<String, String>> {

    private static final long serialVersionUID = 1L;

    private transient Context context;
    private transient ColumnReader columns;

    @Override
    public void open(Context newContext) {
        context = newContext;
        columns = newContext.columns(null);
    }

    @Override
    public boolean isThreadAgnostic() {
        return true;
    }

    @Override
    public void deserialize(RecordFileRecord record, Collector<Map<String, String>> out)
            throws IOException {
        columns.read(record);
        int count = columns.count();
        Map<String, String> map = new HashMap<>(count * 4 / 3 + 1);
        for (int column = 0; column < count; column++) {
            Kind kind = columns.kind(column);
            if (kind != Kind.MISSING) {
                map.put(columns.name(column), kind == Kind.NULL ? null : text(column));
            }
        }
        out.collect(map);
    }

    @Nullable
    private String text(int column) throws MalformedRecordException {
        byte[] data = columns.buffer(column);
        int from = columns.from(column);
        int length = columns.to(column) - from;
        try {
            return Utf8.decode(data, from, length);
        } catch (CharacterCodingException e) {
            String name = columns.name(column);
            context.fieldFailed(
                    new MalformedRecordException(
                            RecordFileError.ENCODING,
                            name,
                            "The value "
                                    + Excerpt.of(data, from, length)
                                    + " of column '"
                                    + name
                                    + "' is not UTF-8.",
                            e));
            return null;
        }
    }

    @Override
    public TypeInformation<Map<String, String>> getProducedType() {
        return Types.MAP(Types.STRING, Types.STRING);
    }

    @Override
    public String toString() {
        return "map of columns";
    }
}
