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
import io.activedataflow.flink.connector.recordfile.format.MalformedRecordException;
import io.activedataflow.flink.connector.recordfile.source.reader.deserializer.RecordFileDeserializationSchema;

import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;

import javax.annotation.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What a schema is opened with, without a source around it. */
public final class TestSchemaContext implements RecordFileDeserializationSchema.Context {

    private final boolean nullFields;
    private final Function<List<String>, ColumnReader> columns;
    private final List<MalformedRecordException> failed = new ArrayList<>();

    private TestSchemaContext(boolean nullFields, Function<List<String>, ColumnReader> columns) {
        this.nullFields = nullFields;
        this.columns = columns;
    }

    /** For {@link TestRecord}s; a malformed field makes the record malformed. */
    public static TestSchemaContext refusing() {
        return new TestSchemaContext(false, TestColumnReader::new);
    }

    /** For {@link TestRecord}s; a malformed field becomes null. */
    public static TestSchemaContext nulling() {
        return new TestSchemaContext(true, TestColumnReader::new);
    }

    /** For the records of a framing. */
    public static TestSchemaContext of(Function<List<String>, ColumnReader> columns) {
        return new TestSchemaContext(false, columns);
    }

    /** The malformed fields that have become null. */
    public List<MalformedRecordException> failedFields() {
        return failed;
    }

    @Override
    public ColumnReader columns(@Nullable List<String> names) {
        return columns.apply(names);
    }

    @Override
    public void fieldFailed(MalformedRecordException error) throws MalformedRecordException {
        if (!nullFields) {
            throw error;
        }
        failed.add(error);
    }

    @Override
    public MetricGroup getMetricGroup() {
        return new UnregisteredMetricsGroup();
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
    }
}
