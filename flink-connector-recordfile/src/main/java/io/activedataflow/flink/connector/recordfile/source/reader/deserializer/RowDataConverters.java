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
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BinaryType;
import org.apache.flink.table.types.logical.CharType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.TimeType;
import org.apache.flink.table.types.logical.TimestampType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Which converter makes values of which type of Flink's tables. */
@Internal
final class RowDataConverters {

    static final String SUPPORTED =
            "CHAR, VARCHAR, BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, DECIMAL, DATE,"
                    + " TIME, TIMESTAMP, TIMESTAMP_LTZ, BINARY, VARBINARY, and of these ROW, ARRAY"
                    + " and MAP with text as keys";

    private RowDataConverters() {}

    /**
     * @param column the name of the column, for messages
     * @throws IllegalArgumentException if the type is not supported
     */
    static ValueConverter to(LogicalType type, String column, StringStore store) {
        return switch (type.getTypeRoot()) {
            case CHAR -> new ToStringData(((CharType) type).getLength(), store);
            case VARCHAR -> new ToStringData(((VarCharType) type).getLength(), store);
            case BOOLEAN -> new BooleanConverter();
            case TINYINT -> IntegralConverter.toByte();
            case SMALLINT -> IntegralConverter.toShort();
            case INTEGER -> IntegralConverter.toInt();
            case BIGINT -> IntegralConverter.toLong();
            case FLOAT -> new FloatConverter();
            case DOUBLE -> new DoubleConverter();
            case DECIMAL -> {
                DecimalType decimal = (DecimalType) type;
                yield new ToDecimalData(decimal.getPrecision(), decimal.getScale());
            }
            case DATE -> new TableTimeConverters.ToDate();
            case TIME_WITHOUT_TIME_ZONE ->
                    new TableTimeConverters.ToTime(((TimeType) type).getPrecision());
            case TIMESTAMP_WITHOUT_TIME_ZONE ->
                    new TableTimeConverters.ToTimestamp(((TimestampType) type).getPrecision());
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    new TableTimeConverters.ToInstant(
                            ((LocalZonedTimestampType) type).getPrecision());
            case BINARY -> new Base64Converter(((BinaryType) type).getLength());
            case VARBINARY -> new Base64Converter(((VarBinaryType) type).getLength());
            case ROW -> new NestedConverters.ToRow((RowType) type, column);
            case ARRAY -> new NestedConverters.ToArray((ArrayType) type, column);
            case MAP -> new NestedConverters.ToMap((MapType) type, column);
            default ->
                    throw new IllegalArgumentException(
                            "Column '"
                                    + column
                                    + "' is of type "
                                    + type.asSummaryString()
                                    + ", which the value of a column cannot be converted to. The"
                                    + " types there are: "
                                    + SUPPORTED
                                    + '.');
        };
    }
}
