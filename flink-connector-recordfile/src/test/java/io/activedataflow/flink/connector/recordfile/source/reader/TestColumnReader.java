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

import io.activedataflow.flink.connector.recordfile.format.ColumnReader;
import io.activedataflow.flink.connector.recordfile.format.RecordFileRecord;

import javax.annotation.Nullable;

import java.util.List;

/** Reads the columns that a {@link TestRecord} was made of. */
public final class TestColumnReader implements ColumnReader {

    @Nullable private final List<String> names;
    private TestRecord record;

    public TestColumnReader(@Nullable List<String> names) {
        this.names = names;
    }

    @Override
    public void read(RecordFileRecord newRecord) {
        record = (TestRecord) newRecord;
    }

    @Override
    public int count() {
        return names == null ? record.columns().size() : names.size();
    }

    @Override
    public String name(int column) {
        return names == null ? record.columns().get(column).name() : names.get(column);
    }

    /** The column of the record, or -1. */
    private int find(int column) {
        return names == null ? column : record.indexOf(names.get(column));
    }

    @Override
    public Kind kind(int column) {
        int found = find(column);
        return found < 0 ? Kind.MISSING : record.columns().get(found).kind();
    }

    @Override
    public byte[] buffer(int column) {
        return record.buffer();
    }

    @Override
    public int from(int column) {
        return record.valueFrom(find(column));
    }

    @Override
    public int to(int column) {
        int found = find(column);
        return record.valueFrom(found) + record.columns().get(found).value().length;
    }
}
