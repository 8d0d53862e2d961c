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

package io.activedataflow.flink.connector.e2e.examples;

import io.activedataflow.flink.connector.amps.AmpsConnectionOptions;
import io.activedataflow.flink.connector.amps.source.AmpsSource;
import io.activedataflow.flink.connector.amps.source.AmpsSubscriptionKind;
import io.activedataflow.flink.connector.amps.source.reader.deserializer.AmpsDeserializationSchema;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

import java.util.Arrays;

/**
 * Keeps a table of Flink in step with a topic of the state of the world, whose records are {@link
 * Order}s in JSON, and prints its changes: a row for each record, changed when that is updated,
 * gone when that is deleted, has expired, or was deleted while the job was down. Arguments: topic,
 * then the URIs of the servers, which replicate each other.
 */
public final class AmpsToTable {

    private AmpsToTable() {}

    public static void main(String[] args) throws Exception {
        AmpsConnectionOptions connection =
                AmpsConnectionOptions.servers(Arrays.copyOfRange(args, 1, args.length)).build();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.enableCheckpointing(10_000);
        StreamTableEnvironment tables = StreamTableEnvironment.create(env);
        orders(env, tables, connection, args[0]).execute().print();
    }

    static Table orders(
            StreamExecutionEnvironment env,
            StreamTableEnvironment tables,
            AmpsConnectionOptions connection,
            String topic) {
        TypeInformation<Row> row =
                Types.ROW_NAMED(
                        new String[] {"sow_key", "id", "customer", "amount"},
                        Types.STRING,
                        Types.LONG,
                        Types.STRING,
                        Types.LONG);
        AmpsSource<Row> source =
                AmpsSource.<Row>builder()
                        .setConnection(connection)
                        .setTopics(topic)
                        .setSubscriptionKind(AmpsSubscriptionKind.SOW_AND_SUBSCRIBE)
                        .setOutOfFocus(true)
                        .setTrackKeys(true)
                        .setDeserializer(
                                AmpsDeserializationSchema.json(Order.class)
                                        .withMetadata(
                                                (order, message) ->
                                                        Row.ofKind(
                                                                RowKind.UPDATE_AFTER,
                                                                message.sowKey(),
                                                                order.id(),
                                                                order.customer(),
                                                                order.amount()),
                                                row)
                                        .withOutOfFocus(
                                                message ->
                                                        Row.ofKind(
                                                                RowKind.DELETE,
                                                                message.sowKey(),
                                                                null,
                                                                null,
                                                                null)))
                        .build();
        return tables.fromChangelogStream(
                env.fromSource(source, WatermarkStrategy.noWatermarks(), topic).uid(topic),
                Schema.newBuilder()
                        .column("sow_key", DataTypes.STRING().notNull())
                        .column("id", DataTypes.BIGINT())
                        .column("customer", DataTypes.STRING())
                        .column("amount", DataTypes.BIGINT())
                        .primaryKey("sow_key")
                        .build(),
                ChangelogMode.upsert());
    }
}
