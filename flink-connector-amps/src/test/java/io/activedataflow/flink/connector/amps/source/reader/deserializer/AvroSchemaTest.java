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

import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.formats.avro.typeutils.GenericRecordAvroTypeInfo;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class AvroSchemaTest {

    private static final String SCHEMA =
            "{\"type\":\"record\",\"name\":\"Trade\",\"fields\":["
                    + "{\"name\":\"symbol\",\"type\":\"string\"},"
                    + "{\"name\":\"quantity\",\"type\":\"long\"}]}";

    private static byte[] encoded(IndexedRecord trade) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(trade.getSchema()).write(trade, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private static byte[] trade(String symbol, long quantity) throws IOException {
        GenericRecord trade = new GenericData.Record(new Schema.Parser().parse(SCHEMA));
        trade.put("symbol", symbol);
        trade.put("quantity", quantity);
        return encoded(trade);
    }

    @Test
    void readsSpecificRecords() throws Exception {
        SchemaRun<AvroTrade> run = new SchemaRun<>(AmpsDeserializationSchema.avro(AvroTrade.class));

        AvroTrade trade = run.readOne(messageOf(trade("grüße", 7)));
        assertThat(trade.getSymbol()).isEqualTo("grüße");
        assertThat(trade.getQuantity()).isEqualTo(7);
        assertThat(run.readOne(messageOf(trade("", Long.MIN_VALUE))).getQuantity())
                .isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void readsGenericRecords() throws Exception {
        SchemaRun<GenericRecord> run =
                new SchemaRun<>(AmpsDeserializationSchema.avroGeneric(SCHEMA));

        GenericRecord trade = run.readOne(messageOf(trade("IBM", 7)));
        assertThat(trade.get("symbol")).hasToString("IBM");
        assertThat(trade.get("quantity")).isEqualTo(7L);
    }

    @Test
    void takesWhatEndsTooEarlyOrTooLateAsMalformedAndGoesOn() throws Exception {
        SchemaRun<AvroTrade> run = new SchemaRun<>(AmpsDeserializationSchema.avro(AvroTrade.class));
        byte[] whole = trade("IBM", 1000);

        for (int length = 0; length <= whole.length + 1; length++) {
            byte[] body = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertThatThrownBy(() -> run.read(messageOf(body)))
                        .as("of %d bytes", length)
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith(
                                "The body of "
                                        + length
                                        + " bytes is not a record '"
                                        + AvroTrade.class.getName()
                                        + "' of Avro. "
                                        + (length < whole.length
                                                ? "It ends too early."
                                                : "There are more bytes behind its end."));
            }
            assertThat(run.readOne(messageOf(whole)).getSymbol()).isEqualTo("IBM");
        }
    }

    @Test
    void takesNoMemoryForLengthsThatCannotBe() throws Exception {
        SchemaRun<GenericRecord> run =
                new SchemaRun<>(AmpsDeserializationSchema.avroGeneric(SCHEMA));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        encoder.writeLong(Integer.MAX_VALUE - 8);
        encoder.flush();

        // An Error in its place would not be one.
        assertThatThrownBy(() -> run.read(messageOf(bytes.toByteArray())))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("It ends too early.");
    }

    @Property
    void takesAnyOtherBytesAsMalformed(@ForAll @Size(max = 30) byte[] body) throws Exception {
        SchemaRun<GenericRecord> run =
                new SchemaRun<>(AmpsDeserializationSchema.avroGeneric(SCHEMA));

        GenericRecord read;
        try {
            read = run.readOne(messageOf(body));
        } catch (IOException e) {
            assertThat(e).hasMessageStartingWith("The body of " + body.length + " bytes");
            return;
        }
        assertThat(read.get("quantity")).isInstanceOf(Long.class);
    }

    @Test
    void makesANewRecordOfEachMessage() throws Exception {
        SchemaRun<AvroTrade> run = new SchemaRun<>(AmpsDeserializationSchema.avro(AvroTrade.class));

        AvroTrade first = run.collect(messageOf(trade("IBM", 7))).get(0);
        run.collect(messageOf(trade("MSFT", 8)));

        assertThat(first.getSymbol()).isEqualTo("IBM");
    }

    @Test
    void hasTheTypesOfFlink() {
        assertThat(AmpsDeserializationSchema.avro(AvroTrade.class).getProducedType())
                .isEqualTo(new AvroTypeInfo<>(AvroTrade.class));
        assertThat(AmpsDeserializationSchema.avroGeneric(SCHEMA).getProducedType())
                .isEqualTo(new GenericRecordAvroTypeInfo(new Schema.Parser().parse(SCHEMA)));
    }

    @Test
    void refusesWhatIsNoSchemaOfARecord() {
        assertThatThrownBy(() -> AmpsDeserializationSchema.avroGeneric("\"string\""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The Avro schema is of type string. Give the schema of a record.");
        assertThatThrownBy(() -> AmpsDeserializationSchema.avroGeneric("{"))
                .isInstanceOf(SchemaParseException.class);
    }
}
