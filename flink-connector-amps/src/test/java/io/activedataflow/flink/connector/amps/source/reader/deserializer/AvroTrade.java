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

package io.activedataflow.flink.connector.amps.source.reader.deserializer;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Has the shape of the classes that Avro generates. */
public class AvroTrade extends SpecificRecordBase {

    private static final long serialVersionUID = 1L;

    // The name that Avro looks for.
    public static final Schema SCHEMA$ =
            new Schema.Parser()
                    .parse(
                            "{\"type\":\"record\",\"name\":\"AvroTrade\",\"namespace\":\""
                                    + AvroTrade.class.getPackageName()
                                    + "\",\"fields\":["
                                    + "{\"name\":\"symbol\",\"type\":{\"type\":\"string\","
                                    + "\"avro.java.string\":\"String\"}},"
                                    + "{\"name\":\"quantity\",\"type\":\"long\"}]}");

    private String symbol;
    private long quantity;

    public String getSymbol() {
        return symbol;
    }

    public void setSymbol(String symbol) {
        this.symbol = symbol;
    }

    public long getQuantity() {
        return quantity;
    }

    public void setQuantity(long quantity) {
        this.quantity = quantity;
    }

    @Override
    public Schema getSchema() {
        return SCHEMA$;
    }

    @Override
    public Object get(int field) {
        return field == 0 ? symbol : (Object) quantity;
    }

    @Override
    public void put(int field, Object value) {
        if (field == 0) {
            symbol = value.toString();
        } else {
            quantity = (Long) value;
        }
    }
}
