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

import org.apache.flink.table.types.DataType;

import static org.apache.flink.table.api.DataTypes.BIGINT;
import static org.apache.flink.table.api.DataTypes.BOOLEAN;
import static org.apache.flink.table.api.DataTypes.DOUBLE;
import static org.apache.flink.table.api.DataTypes.FIELD;
import static org.apache.flink.table.api.DataTypes.INT;
import static org.apache.flink.table.api.DataTypes.ROW;
import static org.apache.flink.table.api.DataTypes.STRING;
import static org.apache.flink.table.api.DataTypes.TIMESTAMP;

/** The columns of {@link Trade} as a row of a table. */
final class TradeRow {

    private TradeRow() {}

    /**
     * @param timestamp whether the time is one, and not the text of one
     */
    static DataType type(boolean timestamp) {
        return ROW(
                        FIELD("id", BIGINT()),
                        FIELD("time", timestamp ? TIMESTAMP(3) : STRING()),
                        FIELD("quantity", INT()),
                        FIELD("side", STRING()),
                        FIELD("venue", STRING()),
                        FIELD("price", DOUBLE()),
                        FIELD("urgent", BOOLEAN()),
                        FIELD("trader", STRING()),
                        FIELD("note", STRING()),
                        FIELD("discount", DOUBLE()))
                .notNull();
    }
}
