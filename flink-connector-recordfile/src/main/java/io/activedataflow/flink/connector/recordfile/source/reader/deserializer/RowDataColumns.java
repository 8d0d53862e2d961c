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

import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

import java.util.ArrayList;
import java.util.List;

/** The columns of a row of Flink's tables. */
@Internal
final class RowDataColumns {

    private RowDataColumns() {}

    /**
     * @param store where the texts of a row go
     * @throws IllegalArgumentException if the type of a column is not supported
     */
    static List<NamedColumns.Column> of(RowType type, StringStore store) {
        List<NamedColumns.Column> columns = new ArrayList<>(type.getFieldCount());
        for (RowType.RowField field : type.getFields()) {
            LogicalType fieldType = field.getType();
            columns.add(
                    new NamedColumns.Column(
                            field.getName(),
                            fieldType.asSummaryString(),
                            RowDataConverters.to(fieldType, field.getName(), store),
                            fieldType.isNullable()));
        }
        return columns;
    }
}
