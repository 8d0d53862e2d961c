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

import static io.activedataflow.flink.connector.amps.source.reader.deserializer.TestMessages.messageOf;
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

    /** Tags in place of some of the names. */
    public record Renamed(@AmpsField("sym-bol") String symbol, String side) {}

    public static class RenamedBean {
        @AmpsField("größe")
        private long size = -1;

        public long getSize() {
            return size;
        }

        public void setSize(long size) {
            this.size = size;
        }
    }

    public record SameTag(@AmpsField("side") String symbol, String side) {}

    public record NoTag(@AmpsField("") String symbol) {}

    public record ImpossibleTag(@AmpsField("a=b") String symbol) {}

    /** With bars in place of the separator. */
    private static TestMessage body(String text) {
        return messageOf(text.replace('|', '\u0001'));
    }

    private static <T> SchemaRun<T> nvfix(Class<T> type) throws Exception {
        return new SchemaRun<>(AmpsDeserializationSchema.nvfix(type));
    }

    @Test
    void fillsARecordByName() throws Exception {
        SchemaRun<Trade> run = nvfix(Trade.class);

        assertThat(
                        run.readOne(
                                body(
                                        "price=1.50|at=2026-03-01T12:00:00Z|unknown=x|"
                                                + "quantity=3|symbol=ABC|id=9")))
                .isEqualTo(
                        new Trade(
                                "ABC",
                                3,
                                new BigDecimal("1.50"),
                                Instant.parse("2026-03-01T12:00:00Z"),
                                9L));
        assertThat(run.readOne(body("quantity=3|quantity=4")))
                .isEqualTo(new Trade(null, 4, null, null, null));
    }

    @Test
    void takesTheRefusalOfARecordAsMalformed() throws Exception {
        SchemaRun<Trade> run = nvfix(Trade.class);

        assertThatThrownBy(() -> run.read(body("quantity=-3")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("constructor of " + Trade.class.getName())
                .hasMessageContaining("negative quantity")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesAMissingPrimitiveAsMalformed() throws Exception {
        SchemaRun<Trade> trades = nvfix(Trade.class);
        assertThatThrownBy(() -> trades.read(body("symbol=ABC")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no field 'quantity'")
                .hasMessageContaining("int 'quantity' of " + Trade.class.getName());

        SchemaRun<Everything> everything = nvfix(Everything.class);
        assertThatThrownBy(() -> everything.read(body("text=a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be null");
    }

    @Test
    void namesFieldValueAndType() throws Exception {
        SchemaRun<Trade> run = nvfix(Trade.class);

        assertThatThrownBy(() -> run.read(body("quantity=three")))
                .isInstanceOf(IOException.class)
                .hasMessage("The value 'three' of field 'quantity' is not of type int.");
    }

    @Test
    void fillsEveryTypeWithoutKryo() throws Exception {
        Everything object =
                nvfix(Everything.class)
                        .readOne(
                                body(
                                        "text=t|bytes=b|flag=1|boxedFlag=true|tiny=1|"
                                                + "boxedTiny=2|small=3|boxedSmall=4|number=5|"
                                                + "boxedNumber=6|large=7|boxedLarge=8|"
                                                + "single=9.5|boxedSingle=10.5|real=11.5|"
                                                + "boxedReal=12.5|decimal=13.5|integer=14|"
                                                + "instant=2026-03-01T12:00:00Z|"
                                                + "date=2026-03-01|time=12:00|"
                                                + "dateTime=2026-03-01T12:00|day=SUNDAY"));

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
        SchemaRun<Bean> run = nvfix(Bean.class);

        Bean bean = run.readOne(body("amount=3|inherited=yes|cache=ignored"));
        assertThat(bean.getCurrency()).isEqualTo("EUR");
        assertThat(bean.getAmount()).isEqualTo(3);
        assertThat(bean.inherited).isEqualTo("yes");
        assertThat(bean.cache).isNull();

        Bean other = run.readOne(body("currency=USD"));
        assertThat(other.getCurrency()).isEqualTo("USD");
        assertThat(other.getAmount()).isNull();
    }

    @Test
    void makesANewObjectOfEachMessage() throws Exception {
        SchemaRun<Bean> run = nvfix(Bean.class);
        Bean first = run.collect(body("amount=1")).get(0);
        Bean second = run.collect(body("amount=2")).get(0);

        assertThat(second).isNotSameAs(first);
        assertThat(first.getAmount()).isEqualTo(1);
    }

    @Test
    void hasThePojoTypeOfFlink() {
        assertThat(AmpsDeserializationSchema.nvfix(Trade.class).getProducedType())
                .isInstanceOf(PojoTypeInfo.class);
    }

    @Test
    void refusesFieldsThatTextCannotBeConvertedTo() {
        assertThatThrownBy(() -> AmpsDeserializationSchema.nvfix(WithList.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Field 'tags' of " + WithList.class)
                .hasMessageContaining("java.util.List<java.lang.String>")
                .hasMessageContaining("BigDecimal");
        assertThatThrownBy(() -> AmpsDeserializationSchema.nvfix(WithGeneric.class))
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
            assertThatThrownBy(() -> AmpsDeserializationSchema.nvfix(type))
                    .as(type.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(type + " is neither a POJO in the sense of Flink");
        }
    }

    @Test
    void prefersTheTagToTheName() throws Exception {
        assertThat(nvfix(Renamed.class).readOne(body("symbol=wrong|sym-bol=IBM|side=buy|")))
                .isEqualTo(new Renamed("IBM", "buy"));
        assertThat(nvfix(RenamedBean.class).readOne(body("größe=7")).getSize()).isEqualTo(7);
        assertThatThrownBy(() -> nvfix(RenamedBean.class).read(body("size=7")))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "The message has no field 'größe', and the long 'size' of "
                                + RenamedBean.class.getName()
                                + " cannot be null.");
    }

    @Test
    void refusesTagsThatCannotBe() {
        assertThatThrownBy(() -> AmpsDeserializationSchema.nvfix(SameTag.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Fields 'symbol' and 'side' of " + SameTag.class)
                .hasMessageContaining("both have the tag 'side'");
        for (Class<?> type : List.of(NoTag.class, ImpossibleTag.class)) {
            assertThatThrownBy(() -> AmpsDeserializationSchema.nvfix(type))
                    .as(type.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Field 'symbol' of " + type);
        }
    }

    @Test
    void letsTheLastOfSeveralWinWithoutConvertingTheOthers() throws Exception {
        assertThat(nvfix(Trade.class).readOne(body("quantity=none|quantity=4")).quantity())
                .isEqualTo(4);
    }

    @Test
    void refusesWhatIsNoField() throws Exception {
        SchemaRun<Trade> run = nvfix(Trade.class);

        assertThatThrownBy(() -> run.read(body("quantity=3|symbol")))
                .isInstanceOf(IOException.class)
                .hasMessage("Field 2 of the body, 'symbol', has no '='.");
        assertThat(run.readOne(body("quantity=3")).symbol()).isNull();
    }
}
