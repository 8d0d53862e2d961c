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

import io.activedataflow.flink.connector.recordfile.source.reader.TestColumn;
import io.activedataflow.flink.connector.recordfile.source.reader.TestRecord;

import org.apache.flink.api.java.typeutils.PojoTypeInfo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

import static io.activedataflow.flink.connector.recordfile.source.reader.TestRecord.ofText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class PojoSchemaTest {

    /** Components in an order that is not the alphabet's. */
    public record Trade(String symbol, int quantity, BigDecimal price, Instant at, Long id) {
        public Trade {
            if (quantity < 0) {
                throw new IllegalArgumentException("negative quantity");
            }
        }
    }

    /** Everything that text can be turned into. */
    public static class Everything {
        public String text;
        public byte[] bytes;
        public boolean flag;
        public Boolean boxedFlag;
        public byte tiny;
        public Byte boxedTiny;
        public short small;
        public Short boxedSmall;
        public int number;
        public Integer boxedNumber;
        public long large;
        public Long boxedLarge;
        public float single;
        public Float boxedSingle;
        public double real;
        public Double boxedReal;
        public BigDecimal decimal;
        public BigInteger integer;
        public Instant instant;
        public LocalDate date;
        public LocalTime time;
        public LocalDateTime dateTime;
        public DayOfWeek day;
    }

    /** Private fields with accessors, a default, a transient field, and an inherited one. */
    public static class Bean extends Base {
        private String currency = "EUR";
        private Integer amount;
        public transient Object cache;

        public String getCurrency() {
            return currency;
        }

        public void setCurrency(String currency) {
            this.currency = currency;
        }

        public Integer getAmount() {
            return amount;
        }

        public void setAmount(Integer amount) {
            this.amount = amount;
        }
    }

    public static class Base {
        public String inherited;
    }

    public static class WithList {
        public List<String> tags;
    }

    public static class WithGeneric {
        public Object anything;
    }

    public static class WithoutSetter {
        private String hidden;

        public String getHidden() {
            return hidden;
        }
    }

    public static class WithoutConstructor {
        public String text;

        public WithoutConstructor(String text) {
            this.text = text;
        }
    }

    public abstract static class Abstract {
        public String text;
    }

    record NotPublic(String text) {}

    /** Columns with names that Java would not take. */
    public record Order(
            @RecordFileColumn("Order ID") long id, @RecordFileColumn("ÄNDERUNG") String change) {}

    public static class AnnotatedBean {
        @RecordFileColumn("Order ID")
        public long id;

        public String change;
    }

    public static class SameColumnTwice {
        public String a;

        @RecordFileColumn("a")
        public String b;
    }

    private static <T> SchemaRun<T> pojo(Class<T> type) throws Exception {
        return new SchemaRun<>(RecordFileDeserializationSchema.pojo(type));
    }

    @Test
    void fillsARecordByName() throws Exception {
        SchemaRun<Trade> run = pojo(Trade.class);

        assertThat(
                        run.readOne(
                                ofText(
                                        "price",
                                        "1.50",
                                        "at",
                                        "2026-03-01T12:00:00Z",
                                        "unknown",
                                        "x",
                                        "quantity",
                                        "3",
                                        "symbol",
                                        "ABC",
                                        "id",
                                        "9")))
                .isEqualTo(
                        new Trade(
                                "ABC",
                                3,
                                new BigDecimal("1.50"),
                                Instant.parse("2026-03-01T12:00:00Z"),
                                9L));
        assertThat(run.readOne(ofText("quantity", "3", "quantity", "4")))
                .isEqualTo(new Trade(null, 4, null, null, null));
    }

    @Test
    void takesTheRefusalOfARecordAsMalformed() throws Exception {
        SchemaRun<Trade> run = pojo(Trade.class);

        assertThatThrownBy(() -> run.read(ofText("quantity", "-3")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("constructor of " + Trade.class.getName())
                .hasMessageContaining("negative quantity")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAMissingPrimitiveAsMalformed() throws Exception {
        SchemaRun<Trade> trades = pojo(Trade.class);
        assertThatThrownBy(() -> trades.read(ofText("symbol", "ABC")))
                .isInstanceOf(IOException.class)
                .hasMessage("The record has no column 'quantity', whose type int cannot be null.");

        SchemaRun<Everything> everything = pojo(Everything.class);
        assertThatThrownBy(() -> everything.read(ofText("text", "a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be null");
    }

    @Test
    void namesFieldValueAndType() throws Exception {
        SchemaRun<Trade> run = pojo(Trade.class);

        assertThatThrownBy(() -> run.read(ofText("quantity", "three")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The value 'three' of column 'quantity' is not of type int. It is not a"
                                + " decimal integer.");
    }

    @Test
    void fillsEveryTypeWithoutKryo() throws Exception {
        Everything object =
                pojo(Everything.class)
                        .readOne(
                                ofText(
                                        "text",
                                        "t",
                                        "bytes",
                                        "b",
                                        "flag",
                                        "1",
                                        "boxedFlag",
                                        "true",
                                        "tiny",
                                        "1",
                                        "boxedTiny",
                                        "2",
                                        "small",
                                        "3",
                                        "boxedSmall",
                                        "4",
                                        "number",
                                        "5",
                                        "boxedNumber",
                                        "6",
                                        "large",
                                        "7",
                                        "boxedLarge",
                                        "8",
                                        "single",
                                        "9.5",
                                        "boxedSingle",
                                        "10.5",
                                        "real",
                                        "11.5",
                                        "boxedReal",
                                        "12.5",
                                        "decimal",
                                        "13.5",
                                        "integer",
                                        "14",
                                        "instant",
                                        "2026-03-01T12:00:00Z",
                                        "date",
                                        "2026-03-01",
                                        "time",
                                        "12:00",
                                        "dateTime",
                                        "2026-03-01T12:00",
                                        "day",
                                        "SUNDAY"));

        assertThat(object).usingRecursiveComparison().isEqualTo(expectedEverything());
    }

    private static Everything expectedEverything() {
        Everything expected = new Everything();
        expected.text = "t";
        expected.bytes = new byte[] {'b'};
        expected.flag = true;
        expected.boxedFlag = true;
        expected.tiny = 1;
        expected.boxedTiny = 2;
        expected.small = 3;
        expected.boxedSmall = 4;
        expected.number = 5;
        expected.boxedNumber = 6;
        expected.large = 7;
        expected.boxedLarge = 8L;
        expected.single = 9.5f;
        expected.boxedSingle = 10.5f;
        expected.real = 11.5;
        expected.boxedReal = 12.5;
        expected.decimal = new BigDecimal("13.5");
        expected.integer = BigInteger.valueOf(14);
        expected.instant = Instant.parse("2026-03-01T12:00:00Z");
        expected.date = LocalDate.of(2026, 3, 1);
        expected.time = LocalTime.NOON;
        expected.dateTime = LocalDateTime.of(2026, 3, 1, 12, 0);
        expected.day = DayOfWeek.SUNDAY;
        return expected;
    }

    @Test
    void keepsWhatTheConstructorOfAPojoHasSet() throws Exception {
        SchemaRun<Bean> run = pojo(Bean.class);

        Bean bean = run.readOne(ofText("amount", "3", "inherited", "yes", "cache", "ignored"));
        assertThat(bean.getCurrency()).isEqualTo("EUR");
        assertThat(bean.getAmount()).isEqualTo(3);
        assertThat(bean.inherited).isEqualTo("yes");
        assertThat(bean.cache).isNull();

        Bean other = run.readOne(ofText("currency", "USD"));
        assertThat(other.getCurrency()).isEqualTo("USD");
        assertThat(other.getAmount()).isNull();
    }

    @Test
    void makesANewObjectOfEachEntry() throws Exception {
        SchemaRun<Bean> run = pojo(Bean.class);
        Bean first = run.collect(ofText("amount", "1")).get(0);
        Bean second = run.collect(ofText("amount", "2")).get(0);

        assertThat(second).isNotSameAs(first);
        assertThat(first.getAmount()).isEqualTo(1);
    }

    @Test
    void setsNullWhereAColumnSaysSo() throws Exception {
        SchemaRun<Bean> run = pojo(Bean.class);

        Bean none = run.readOne(TestRecord.of(TestColumn.none("currency")));
        assertThat(none.getCurrency()).isNull();
        Bean empty = run.readOne(ofText("currency", "", "amount", ""));
        assertThat(empty.getCurrency()).isEmpty();
        assertThat(empty.getAmount()).isNull();
    }

    @Test
    void readsFieldsFromColumnsOfOtherNames() throws Exception {
        TestRecord record = ofText("ÄNDERUNG", "new", "id", "8", "Order ID", "9", "Change", "c");

        assertThat(pojo(Order.class).readOne(record)).isEqualTo(new Order(9, "new"));
        AnnotatedBean bean = pojo(AnnotatedBean.class).readOne(record);
        assertThat(bean.id).isEqualTo(9);
        assertThat(bean.change).isNull();

        assertThat(
                        new SchemaRun<>(
                                        RecordFileDeserializationSchema.pojo(
                                                Order.class,
                                                Map.of("id", "id", "change", "Change")))
                                .readOne(record))
                .isEqualTo(new Order(8, "c"));
    }

    @Test
    void refusesColumnsThatAreNotClear() {
        assertThatThrownBy(() -> RecordFileDeserializationSchema.pojo(SameColumnTwice.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Fields 'a' and 'b'")
                .hasMessageContaining("column 'a'");
        assertThatThrownBy(
                        () ->
                                RecordFileDeserializationSchema.pojo(
                                        Order.class, Map.of("Id", "Order ID")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no field 'Id'")
                .hasMessageContaining("[change, id]");
    }

    @Test
    void hasThePojoTypeOfFlink() {
        assertThat(RecordFileDeserializationSchema.pojo(Trade.class).getProducedType())
                .isInstanceOf(PojoTypeInfo.class);
    }

    @Test
    void refusesFieldsThatTextCannotBeConvertedTo() {
        assertThatThrownBy(() -> RecordFileDeserializationSchema.pojo(WithList.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Field 'tags' of " + WithList.class)
                .hasMessageContaining("java.util.List<java.lang.String>")
                .hasMessageContaining("BigDecimal");
        assertThatThrownBy(() -> RecordFileDeserializationSchema.pojo(WithGeneric.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Field 'anything'");
    }

    @Test
    void refusesClassesThatAreNoPojos() {
        for (Class<?> type :
                List.of(
                        WithoutSetter.class,
                        WithoutConstructor.class,
                        Abstract.class,
                        NotPublic.class,
                        Runnable.class,
                        String.class)) {
            assertThatThrownBy(() -> RecordFileDeserializationSchema.pojo(type))
                    .as(type.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(type + " is neither a POJO in the sense of Flink");
        }
    }
}
