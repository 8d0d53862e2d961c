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

import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.table.DeserializationSchemaAdapter;
import org.apache.flink.formats.csv.CsvFileFormatFactory;
import org.apache.flink.formats.csv.CsvFormatOptions;
import org.apache.flink.formats.json.JsonFormatFactory;
import org.apache.flink.formats.json.JsonFormatOptions;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The formats that {@code 'connector' = 'filesystem'} reads with, without a planner around them.
 */
final class SqlFormats {

    private SqlFormats() {}

    /** What {@code 'format' = 'csv'} reads with; null doubles are empty. */
    static BulkFormat<RowData, FileSourceSplit> csv(DataType type) {
        Configuration options = new Configuration();
        options.set(CsvFormatOptions.NULL_LITERAL, "");
        return new CsvFileFormatFactory()
                .createDecodingFormat(null, options)
                .createRuntimeDecoder(new ScanContext(), type);
    }

    /** What {@code 'format' = 'json'} reads with. */
    static BulkFormat<RowData, FileSourceSplit> json(DataType type) {
        Configuration options = new Configuration();
        options.set(JsonFormatOptions.TIMESTAMP_FORMAT, "SQL");
        DeserializationSchema<RowData> schema =
                new JsonFormatFactory()
                        .createDecodingFormat(null, options)
                        .createRuntimeDecoder(new ScanContext(), type);
        return new DeserializationSchemaAdapter(schema);
    }

    private static final class ScanContext implements DynamicTableSource.Context {

        @Override
        @SuppressWarnings("unchecked")
        public <T> TypeInformation<T> createTypeInformation(DataType type) {
            return createTypeInformation(type.getLogicalType());
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> TypeInformation<T> createTypeInformation(LogicalType type) {
            return (TypeInformation<T>) InternalTypeInfo.of(type);
        }

        @Override
        public DynamicTableSource.DataStructureConverter createDataStructureConverter(
                DataType type) {
            throw new UnsupportedOperationException("Neither format asks for it.");
        }
    }
}
